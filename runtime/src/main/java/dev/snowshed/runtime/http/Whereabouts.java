package dev.snowshed.runtime.http;

import java.util.List;

/** Where the thread of a call stands: what it waits for is here, or elsewhere. */
enum Whereabouts {
  /** It runs, or waits for a processor. */
  RUNNING,
  /** It waits for a monitor, and so for another thread of this process. */
  BLOCKED,
  /** It is parked, sleeps, or is in a system call of sockets or files. */
  WAITING;

  /** Packages whose native methods wait for sockets and files. */
  private static final List<String> INPUT_OUTPUT =
      List.of("java.io.", "java.net.", "sun.nio.", "io.netty.channel.");

  /** Takes the stack of a thread that runs: costs some microseconds. */
  static Whereabouts of(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED -> BLOCKED;
      case RUNNABLE -> isInInputOutput(thread.getStackTrace()) ? WAITING : RUNNING;
      case NEW, WAITING, TIMED_WAITING, TERMINATED -> WAITING;
    };
  }

  private static boolean isInInputOutput(StackTraceElement[] stack) {
    return stack.length > 0
        && stack[0].isNativeMethod()
        && INPUT_OUTPUT.stream().anyMatch(stack[0].getClassName()::startsWith);
  }
}
