package org.irisgraph.iris.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * The stand-in: listens on a free loopback port, and gives every connection a thread and a session
 * of its own on one in-memory database.
 *
 * <pre>{@code
 * try (IrisWireServer server = IrisWireServer.start(InsertPath.STANDARD)) {
 *   server.execute("CREATE TABLE RAG.Entities (entity_id VARCHAR(255) NOT NULL PRIMARY KEY)");
 *   server.inject(Fault.lockConflict().containing("Entities"));
 *   // connect the driver to server.jdbcUrl() as server.user(), server.password()
 *   assertThat(server.count("PU"), is(1));
 * }
 * }</pre>
 *
 * <p>It refuses what the server refuses and H2 does not: statement forms that are not in the {@link
 * StatementCatalogue}, reserved words as names, texts, keys and sort values that are too long,
 * changes of a table that another session has locked, and connections beyond {@link
 * #limitConnections}.
 *
 * <p>The driver needs {@code SharedMemory=false}, or it tries shared memory first.
 */
public final class IrisWireServer implements AutoCloseable {
  /** The type of the messages that call class methods. */
  public static final String CLASS_METHOD = ClassMethods.MESSAGE;

  private static final int LOCK_TIMEOUT_MILLIS = 1_000;
  private static final long JOIN_MILLIS = 10_000;

  private final BackingDatabase database;
  private final ServerSocket listener;
  private final InsertPath insertPath;
  private final MessageLog log = new MessageLog();
  private final FaultScript faults = new FaultScript();
  private final TableLocks tableLocks = new TableLocks(LOCK_TIMEOUT_MILLIS);
  private final Set<Session> admitted = new HashSet<>();
  private final Map<Session, Thread> sessions = new LinkedHashMap<>();
  private final List<Exception> failures = new ArrayList<>();
  private final Thread acceptor;
  private volatile BadRow badRow = BadRow.CONTINUE;
  private volatile boolean anyStatement;
  private volatile String version =
      "IRIS for UNIX (Loopback Stand-in) 2025.1 (Build 1U) Thu Jan 2 2025 00:00:00 UTC";
  private int maxConnections = Integer.MAX_VALUE;
  private int peakConnections;
  private int refusedConnections;
  private volatile boolean closed;

  private IrisWireServer(InsertPath insertPath) throws SQLException, IOException {
    this.insertPath = insertPath;
    database = new BackingDatabase(LOCK_TIMEOUT_MILLIS);
    listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    acceptor = new Thread(this::accept, "iris-wire-" + listener.getLocalPort());
    acceptor.setDaemon(true);
  }

  /** Starts a server whose driver takes the standard path. */
  public static IrisWireServer start() throws SQLException, IOException {
    return start(InsertPath.STANDARD);
  }

  /** Starts a server. */
  public static IrisWireServer start(InsertPath insertPath) throws SQLException, IOException {
    IrisWireServer server = new IrisWireServer(insertPath);
    server.acceptor.start();
    return server;
  }

  /** The address for the driver, in the namespace USER. */
  public String jdbcUrl() {
    return "jdbc:IRIS://127.0.0.1:" + port() + "/USER";
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The only user. */
  public String user() {
    return "_SYSTEM";
  }

  public String password() {
    return "SYS";
  }

  public InsertPath insertPath() {
    return insertPath;
  }

  /** Says what becomes of a batch with a bad row, from the next batch on. */
  public void onBadRow(BadRow treatment) {
    badRow = treatment;
  }

  /**
   * Accepts statement forms that are not in the catalogue, for tests that send statements which the
   * program never sends.
   */
  public void acceptAnyStatement() {
    anyStatement = true;
  }

  /** Ends {@link #acceptAnyStatement} for connections that are opened from now on. */
  public void checkStatements() {
    anyStatement = false;
  }

  /** Claims to be another version, from the next connection on. */
  public void reportVersion(String claimed) {
    version = claimed;
  }

  /** Refuses connections while this many are open, as a licence does. */
  public void limitConnections(int connections) {
    synchronized (sessions) {
      maxConnections = connections;
    }
  }

  /** The most connections that were open at once, since the start. */
  public int peakConnections() {
    synchronized (sessions) {
      return peakConnections;
    }
  }

  /** How many connections {@link #limitConnections} has refused, since the start. */
  public int refusedConnections() {
    synchronized (sessions) {
      return refusedConnections;
    }
  }

  /** Sets how many rows of a table a transaction changes before it locks the table. */
  public void setLockThreshold(int rows) {
    tableLocks.setThreshold(rows);
  }

  /** How many tables are locked by transactions that changed many rows. */
  public int lockedTables() {
    return tableLocks.locked();
  }

  /** How often a transaction has changed so many rows that it locked a table, since the start. */
  public int lockEscalations() {
    return tableLocks.escalations();
  }

  /** Adds something that is to go wrong. */
  public void inject(Fault fault) {
    faults.add(fault);
  }

  /** How often injected faults are still to strike. */
  public int pendingFaults() {
    return faults.remaining();
  }

  public void clearFaults() {
    faults.clear();
  }

  /** Runs a statement in the server's SQL behind the driver's back, and commits. */
  public void execute(String sql) throws SQLException {
    database.execute(sql);
  }

  /** A new connection to the H2 behind, to be closed by the caller. */
  public Connection backingConnection() throws SQLException {
    return database.connect();
  }

  /** Every message since the start or the last reset, in order, over all connections. */
  public List<LoggedMessage> messages() {
    return log.messages();
  }

  /** How many messages of this type, as in {@code PU}, there were. */
  public int count(String type) {
    return log.count(type);
  }

  /** How many messages the driver waited for an answer to. */
  public int roundTrips() {
    return log.roundTrips();
  }

  /**
   * Forgets the messages so far. One that is not answered (AF, AN, DC) may still be on its way, and
   * be logged after this.
   */
  public void resetCounts() {
    log.clear();
  }

  /** Waits until there were {@code count} messages of this type. */
  public void awaitMessages(String type, int count, Duration limit)
      throws InterruptedException, TimeoutException {
    log.await(type, count, limit);
  }

  /** How many connections are open. */
  public int openConnections() {
    synchronized (sessions) {
      return sessions.size();
    }
  }

  /** Cuts every connection, as a restart of the server would; new ones are accepted. */
  public void dropConnections() {
    copyOfSessions().keySet().forEach(Session::hangUp);
  }

  boolean admits(String user, String password) {
    return user.equalsIgnoreCase(user()) && password.equals(password());
  }

  /** Whether the licence allows the connection of a session. */
  boolean admit(Session session) {
    synchronized (sessions) {
      if (admitted.size() >= maxConnections) {
        refusedConnections++;
        return false;
      }
      admitted.add(session);
      peakConnections = Math.max(peakConnections, admitted.size());
      return true;
    }
  }

  TableLocks tableLocks() {
    return tableLocks;
  }

  /**
   * Refuses a statement whose form is not in the catalogue, and lets the test fail.
   *
   * @throws ServerException a syntax error
   */
  void checkForm(String sql) throws ServerException {
    Optional<String> missing = StatementCatalogue.missing(sql);
    if (missing.isPresent()) {
      String advice = StatementCatalogue.advice(missing.get(), sql);
      failed(new IllegalStateException(advice));
      throw new ServerException(SqlCode.SYNTAX, advice);
    }
  }

  boolean acceptsAnyStatement() {
    return anyStatement;
  }

  String version() {
    return version;
  }

  BadRow badRow() {
    return badRow;
  }

  MessageLog log() {
    return log;
  }

  FaultScript faults() {
    return faults;
  }

  /** Keeps what went wrong in the stand-in itself, for {@link #close} to throw. */
  void failed(Exception failure) {
    synchronized (failures) {
      failures.add(failure);
    }
  }

  void ended(Session session) {
    tableLocks.release(session);
    synchronized (sessions) {
      admitted.remove(session);
      sessions.remove(session);
    }
  }

  private void accept() {
    while (!closed) {
      try {
        begin(listener.accept());
      } catch (IOException e) {
        if (!closed) {
          failed(e);
        }
      } catch (SQLException e) {
        failed(e);
      }
    }
  }

  private void begin(Socket socket) throws IOException, SQLException {
    socket.setTcpNoDelay(true);
    Session session = new Session(socket, database.connect(), this);
    Thread thread = new Thread(session, "iris-wire-" + port() + "-" + socket.getPort());
    thread.setDaemon(true);
    synchronized (sessions) {
      sessions.put(session, thread);
    }
    thread.start();
  }

  private Map<Session, Thread> copyOfSessions() {
    synchronized (sessions) {
      return new LinkedHashMap<>(sessions);
    }
  }

  /**
   * Stops listening, cuts every connection, waits for the threads and drops the database. Closing
   * again does nothing.
   *
   * @throws IllegalStateException if the stand-in itself failed: a test that went well would
   *     otherwise hide it
   */
  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      listener.close();
      acceptor.join(JOIN_MILLIS);
      Map<Session, Thread> open = copyOfSessions();
      open.keySet().forEach(Session::hangUp);
      for (Thread thread : open.values()) {
        thread.join(JOIN_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      database.close();
    }
    synchronized (failures) {
      if (!failures.isEmpty()) {
        IllegalStateException failure = new IllegalStateException("the stand-in failed");
        failures.forEach(failure::addSuppressed);
        throw failure;
      }
    }
  }
}
