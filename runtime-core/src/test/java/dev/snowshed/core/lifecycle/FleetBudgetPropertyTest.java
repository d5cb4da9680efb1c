package dev.snowshed.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole fleets on one clock, whose hosts hear of each other late, each after a time of its own. */
class FleetBudgetPropertyTest {
  private static final long STEP_MILLIS = 50;
  private static final int STALE_STEPS = 20;

  private static final FleetSettings FLEET =
      new FleetSettings(
          1 / 3.0, 0.5, Duration.ofMillis(STALE_STEPS * STEP_MILLIS), Duration.ofMinutes(5));

  /** Falls ill and mends within fractions of a second, so that wishes meet often. */
  private static final LifecycleSettings HASTY =
      new LifecycleSettings(
          Thresholds.DEFAULTS,
          Duration.ZERO,
          Duration.ofMillis(200),
          Duration.ofSeconds(3),
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofMillis(400),
          1,
          Duration.ofMinutes(1),
          Duration.ZERO,
          0.1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 9, 10})
  void neverMoreThanAThirdAreOut(int size) {
    int most = 0;
    for (long seed = 0; seed < 4; seed++) {
      most = Math.max(most, new Flock(size, seed, STALE_STEPS - 1).suffer(1_500));
    }
    assertEquals(size / 3, most, "so many may leave, and at times so many should");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 6, 9})
  void neverMoreThanAThirdAreOutWhenNewsIsOftenTooOld(int size) {
    for (long seed = 0; seed < 3; seed++) {
      new Flock(size, seed, 2 * STALE_STEPS).suffer(1_500);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 6, 9})
  void neverMoreThanAThirdAreOutWhenHostsAreHeldUp(int size) {
    int most = 0;
    for (long seed = 0; seed < 4; seed++) {
      most = Math.max(most, new Flock(size, seed, 8 * STALE_STEPS, 10).suffer(3_000));
    }
    assertEquals(size / 3, most, "so many may leave, and at times so many should");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 10})
  void nobodyLeavesWhenAllNewsIsTooOld(int size) {
    Flock flock = new Flock(size, 1, 10);
    flock.deaf = true;
    assertEquals(0, flock.suffer(1_500));
  }

  @Test
  void oneIllHostOfFourLeaves() {
    Flock flock = new Flock(4, 1, STALE_STEPS / 2);
    flock.hosts.getFirst().ill = true;
    flock.run(100);
    assertEquals(LifecycleState.EJECTED, flock.hosts.getFirst().state());
    flock.run(1_000);
    assertEquals(1, flock.out());
  }

  @Test
  void comesBackWhenOthersDie() {
    Flock flock = new Flock(4, 1, STALE_STEPS / 2);
    Host ill = flock.hosts.getFirst();
    ill.ill = true;
    flock.run(100);
    flock.hosts.get(1).dead = true;
    flock.run(100);
    assertEquals(LifecycleState.EJECTED, ill.state(), "two of four are left");
    flock.hosts.get(2).dead = true;
    flock.run(2 * STALE_STEPS + 5);
    assertTrue(ill.state().isReady(), "only one other is left");
  }

  @Test
  void allComeBackWhenAllAreWell() {
    Flock flock = new Flock(9, 1, STALE_STEPS - 1);
    flock.suffer(1_000);
    flock.hosts.forEach(each -> each.ill = false);
    flock.run(100);
    assertEquals(0, flock.out());
    flock.hosts.forEach(
        each -> assertEquals(OptionalLong.empty(), each.budget.tickets().own(), each.id));
  }

  /** Hosts, and what each has told at each step. */
  private static final class Flock {
    private final List<Host> hosts = new ArrayList<>();
    private final Random random;
    private final long seed;
    private final int maxDelay;
    private int step;
    private boolean deaf;

    Flock(int size, long seed, int maxDelay) {
      this(size, seed, maxDelay, 1);
    }

    /**
     * @param mostHeldUp how many times slower than real time that of a host may be, each by its own
     */
    Flock(int size, long seed, int maxDelay, int mostHeldUp) {
      this.seed = seed;
      this.maxDelay = maxDelay;
      random = new Random(seed);
      for (int host = 0; host < size; host++) {
        hosts.add(new Host("host-" + host, size, random, 1 + random.nextInt(mostHeldUp)));
      }
      Collections.shuffle(hosts, random);
      run(1);
    }

    /** Lets hosts fall ill, alone and together, for a time; the most that were out at once. */
    int suffer(int steps) {
      int most = 0;
      for (int end = step + steps; step < end; ) {
        if (random.nextInt(80) == 0) {
          boolean ill = random.nextInt(4) > 0;
          hosts.forEach(each -> each.ill = ill);
        }
        hosts.get(random.nextInt(hosts.size())).ill ^= random.nextInt(20) == 0;
        run(1);
        most = Math.max(most, out());
        assertTrue(out() <= hosts.size() / 3, out() + " out, seed " + seed + ", step " + step);
      }
      return most;
    }

    void run(int steps) {
      for (int end = step + steps; step < end; step++) {
        hosts.stream().filter(each -> !each.dead).forEach(Host::tell);
        hosts.stream().filter(each -> !each.dead).forEach(this::live);
      }
    }

    int out() {
      return (int) hosts.stream().filter(each -> !each.state().isReady()).count();
    }

    private void live(Host host) {
      long now = step * STEP_MILLIS * 1_000_000;
      if (random.nextInt(3) > 0 && !deaf) {
        host.budget.update(news(host), now);
      }
      if (step % 2 == host.phase) {
        host.tick(now);
      }
    }

    private List<Member> news(Host host) {
      List<Member> news = new ArrayList<>();
      for (int other = 0; other < hosts.size(); other++) {
        Host each = hosts.get(other);
        if (random.nextInt(30) == 0) {
          host.delay[other] = random.nextInt(maxDelay + 1);
        }
        int latest = Math.min(each.told.size() - 1, step - host.delay[other]);
        host.heard[other] = Math.max(host.heard[other], latest);
        news.add(each.told(host.heard[other], step, host.heldUp));
      }
      return news;
    }
  }

  private static final class Host {
    private final String id;
    private final MemberBudget budget;
    private final Lifecycle lifecycle;
    private final List<Member> told = new ArrayList<>();
    private final int[] delay;
    private final int[] heard;
    private final int phase;
    private final int heldUp;
    private boolean ill;
    private boolean dead;

    Host(String id, int size, Random random, int heldUp) {
      this.id = id;
      this.heldUp = heldUp;
      budget = new MemberBudget(id, FLEET, realNanos -> realNanos / heldUp);
      lifecycle = new Lifecycle(HASTY, budget, random, 0);
      lifecycle.warmed(0);
      delay = new int[size];
      heard = new int[size];
      phase = random.nextInt(2);
    }

    LifecycleState state() {
      return lifecycle.status().state();
    }

    void tell() {
      told.add(new Member(id, state().isReady(), budget.tickets(), 0));
    }

    void tick(long now) {
      lifecycle.tick((ill ? Signs.WELL.withStuck(2) : Signs.WELL).vitals(), now);
    }

    /** What was told at a step, heard at another. */
    Member told(int at, int step, int heldUp) {
      Member then = told.get(at);
      return new Member(id, then.ready(), then.tickets(), (step - at) * STEP_MILLIS / heldUp);
    }
  }
}
