package dev.snowshed.function.spi;

import dev.snowshed.function.DependencyException;
import dev.snowshed.function.DependencyException.Kind;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The data source behind {@link dev.snowshed.function.Dependency#dataSource}: takes connections and
 * executes statements through a dependency. Connections and statements are proxies of the JDK's
 * interfaces; {@code unwrap} gives the driver's. Safe for concurrent use if the own one is.
 */
public final class DependencyDataSource implements DataSource {
  private static final List<Class<? extends Statement>> STATEMENTS =
      List.of(CallableStatement.class, PreparedStatement.class, Statement.class);

  private final DataSource own;
  private final DependencyCaller caller;

  /**
   * A view for one call of a function.
   *
   * @param own the function's data source
   * @param caller makes the calls
   */
  public DependencyDataSource(DataSource own, DependencyCaller caller) {
    this.own = own;
    this.caller = caller;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connection(own::getConnection);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return connection(() -> own.getConnection(user, password));
  }

  private Connection connection(Callable<Connection> taking) throws SQLException {
    return proxy(Connection.class, new ConnectionCalls(call(taking, true)));
  }

  private <T> T call(Callable<T> call, boolean repeatable) throws SQLException {
    try {
      return caller.call(call, repeatable);
    } catch (DependencyException e) {
      throw asSql(e);
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientException("interrupted", e);
    } catch (Exception e) {
      throw new SQLException(e);
    }
  }

  private static SQLException asSql(DependencyException e) {
    boolean late = e.kind() == Kind.TIMEOUT || e.kind() == Kind.DEADLINE;
    return late
        ? new SQLTimeoutException(e.getMessage(), e)
        : new SQLTransientException(e.getMessage(), e);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            DependencyDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Wraps the statements that a connection makes. */
  private final class ConnectionCalls implements InvocationHandler {
    private final Connection connection;

    ConnectionCalls(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      Object result = DependencyDataSource.invoke(connection, method, arguments);
      if (!(result instanceof Statement statement)) {
        return result;
      }
      for (Class<? extends Statement> type : STATEMENTS) {
        if (type.isInstance(statement)) {
          return proxy(type, new StatementCalls(statement, (Connection) self));
        }
      }
      throw new AssertionError(statement);
    }
  }

  /** Executes a statement through the dependency. */
  private final class StatementCalls implements InvocationHandler {
    private final Statement statement;
    private final Connection connection;

    StatementCalls(Statement statement, Connection connection) {
      this.statement = statement;
      this.connection = connection;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("getConnection")) {
        return connection;
      }
      if (!method.getName().startsWith("execute")) {
        return DependencyDataSource.invoke(statement, method, arguments);
      }
      limit();
      return call(() -> execute(method, arguments), false);
    }

    private Object execute(Method method, Object[] arguments) throws Exception {
      try {
        return DependencyDataSource.invoke(statement, method, arguments);
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new SQLException(e);
      }
    }

    /** JDBC counts in seconds; rounded up, so that a short time is not taken for none. */
    private void limit() throws SQLException {
      long seconds = Math.min(Integer.MAX_VALUE, (caller.allowed().toMillis() + 999) / 1000);
      int own = statement.getQueryTimeout();
      if (own == 0 || own > seconds) {
        statement.setQueryTimeout((int) Math.max(1, seconds));
      }
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return own.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    own.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    own.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return own.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return own.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(own) ? type.cast(own) : own.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(own) || own.isWrapperFor(type);
  }
}
