package org.irisgraph.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections for the pool. It resolves the password for each connection, so that a password
 * changed in its file is used at once and the pool's settings never contain it.
 */
final class SettingsDataSource implements DataSource {

  private final ConnectionSettings settings;
  private final AtomicReference<@Nullable Connection> first = new AtomicReference<>();
  private boolean opened;

  SettingsDataSource(ConnectionSettings settings) {
    this.settings = settings;
  }

  /**
   * Opens the first connection, unless there has been one; the next {@link #getConnection} gives
   * it. The pool would repeat what the server refuses until its time limit, and a server may lock
   * the account of a user who gives a wrong password that often.
   */
  synchronized void openFirst() throws SQLException {
    if (!opened) {
      try {
        first.set(ConnectionOpener.open(settings));
      } catch (RuntimeException e) {
        // Drivers throw unchecked exceptions if a connection breaks.
        throw new SQLException(e);
      }
      opened = true;
    }
  }

  /** Closes the first connection if the pool was closed before it took it: H2's file stays open. */
  void closeUnused() throws SQLException {
    Connection connection = first.getAndSet(null);
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = first.getAndSet(null);
    return connection == null ? ConnectionOpener.open(settings) : connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("user and password come from the settings");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  /** In seconds; a closing pool waits that long for connections that are being opened. */
  @Override
  public int getLoginTimeout() {
    return 5;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
