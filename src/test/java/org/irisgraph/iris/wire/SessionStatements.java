package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one connection knows between two messages, and the answer to each of them. Metadata calls
 * (TA, CO, PK), binary streams (SB), EB and stored procedures are refused; the driver takes a
 * connection for closed after {@code RN}, which it sends only from its own pool.
 */
final class SessionStatements implements AutoCloseable {
  private static final int PROTOCOL_VERSION = 65;
  private static final int READ_UNCOMMITTED = 1;
  private static final int READ_COMMITTED = 2;

  /** Documented (DocBook RCOS_appx_limits): no string is longer, in characters. */
  private static final int MAX_STRING = 3_641_144;

  /** Documented (DocBook RSQL_createtable, RSQL_createindex): no name should be longer. */
  private static final int MAX_NAME = 128;

  private final Connection database;
  private final IrisWireServer server;
  private final Session session;
  private final boolean acceptsAnyStatement;
  private final Map<Integer, WireStatement> statements = new HashMap<>();
  private final Map<Integer, String> messages = new HashMap<>();

  /** Texts recur with every batch, and the columns of tables are read for each. */
  private final Set<String> accepted = new HashSet<>();

  private final CharacterStreams streams = new CharacterStreams();
  private boolean inTransaction;

  /** Only remembered, set and asked for by {@code IL}: H2 reads what is committed in any case. */
  private int isolation = READ_UNCOMMITTED;

  SessionStatements(Connection database, IrisWireServer server, Session session) {
    this.database = database;
    this.server = server;
    this.session = session;
    acceptsAnyStatement = server.acceptsAnyStatement();
  }

  Call read(Request request) {
    return Call.read(request, statements.get(request.statementId()));
  }

  /** Obeys a message that is not to be answered, and says whether the connection is to live on. */
  boolean note(Request request) throws SQLException {
    switch (request.type()) {
      case "AF" -> database.setAutoCommit(false);
      case "AN" -> {
        database.setAutoCommit(true);
        ended();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  Reply[] answer(Request request, Call call) {
    try {
      checkLengths(call);
      return request.type().equals("DQ")
          ? directQuery(request.statementId(), call)
          : new Reply[] {singleAnswer(request, streams.resolve(call))};
    } catch (SQLException e) {
      return new Reply[] {refuse(request, SqlCode.of(e, call.sql()), SqlCode.message(e))};
    }
  }

  /** An error, whose message is kept for the driver to ask for. */
  Reply refuse(Request request, int code, String message) {
    messages.put(code, message);
    return switch (request.type()) {
      case "CN" -> Reply.refused(code, new ListWriter().string(message));
      case ClassMethods.MESSAGE -> ClassMethods.refuse(code, message);
      default -> Reply.refused(code);
    };
  }

  private Reply singleAnswer(Request request, Call call) throws SQLException {
    return switch (request.type()) {
      case "HS" -> handshake();
      case "CN" -> connect(request);
      case "PP" -> prepare(request.statementId(), call);
      case "PU" -> executeBatch(statements.get(request.statementId()), call);
      case "PQ" -> {
        ListWriter rows = new ListWriter();
        statements.get(request.statementId()).writeRows(rows, call.firstRow(), call.maxRows());
        inTransaction = !database.getAutoCommit();
        yield Reply.rows(rows);
      }
      case "DU" -> executeDirectly(request.statementId(), call);
      case "FD" -> Reply.rows(new ListWriter());
      case "TC" -> {
        if (!database.getAutoCommit()) {
          database.commit();
        }
        streams.clear();
        ended();
        yield Reply.success();
      }
      case "TR" -> {
        if (!database.getAutoCommit()) {
          database.rollback();
        }
        streams.clear();
        ended();
        yield Reply.success();
      }
      case "RN" -> {
        database.rollback();
        ended();
        yield Reply.success();
      }
      case "OE" -> Reply.success(new ListWriter().string(message(request)));
      case "IL" -> {
        int wanted = request.items().nextInteger();
        isolation = wanted == 0 ? isolation : wanted;
        yield Reply.success(new ListWriter().integer(isolation));
      }
      case "SM" -> Reply.success(new ListWriter().string(streams.store(request.items())));
      case "IT" -> Reply.status(inTransaction ? 1 : 0);
      case "PG", "RC", "RU" -> Reply.success();
      case ClassMethods.MESSAGE ->
          ClassMethods.answer(request.items(), server.tableLocks().threshold());
      default ->
          refuse(
              request, SqlCode.FATAL, "the stand-in does not know the message " + request.type());
    };
  }

  private static Reply handshake() {
    byte[] versions = {PROTOCOL_VERSION, 0, 1, 0};
    ListWriter locale = new ListWriter().string("UTF8");
    byte[] body = new byte[versions.length + locale.toByteArray().length];
    System.arraycopy(versions, 0, body, 0, versions.length);
    System.arraycopy(locale.toByteArray(), 0, body, versions.length, body.length - versions.length);
    return Reply.raw(body);
  }

  private Reply connect(Request request) {
    ListReader items = request.items();
    items.next();
    String user = Credentials.unscramble(items.nextBinary());
    String password = Credentials.unscramble(items.nextBinary());
    if (!server.admits(user, password)) {
      return refuse(request, SqlCode.LOGIN_FAILURE, "Access Denied");
    }
    if (!server.admit(session)) {
      return refuse(request, SqlCode.SECURITY_ERROR, "LICENSE LIMIT EXCEEDED");
    }
    return Reply.success(
        new ListWriter()
            .string(server.version())
            .integer(1)
            .integer(0)
            .integer(READ_UNCOMMITTED | READ_COMMITTED)
            .string("1")
            .integer(0)
            .integer(server.insertPath().featureOption()));
  }

  private Reply prepare(int id, Call call) throws SQLException {
    ListWriter reply = new ListWriter();
    keep(id, call.sql(), server.insertPath()).describe(reply, server.insertPath());
    return Reply.success(reply);
  }

  private WireStatement keep(int id, String sql, InsertPath path) throws SQLException {
    checkNames(sql);
    Releases.check(server.version(), sql);
    if (!acceptsAnyStatement && !server.acceptsAnyStatement()) {
      server.checkForm(sql);
    }
    if (!accepted.contains(sql)) {
      RowIds.check(database, sql);
      StreamFields.check(database, sql);
      VectorTypes.check(database, sql);
      accepted.add(sql);
    }
    WireStatement statement = new WireStatement(database, sql, path);
    WireStatement before = statements.put(id, statement);
    if (before != null) {
      before.close();
    }
    return statement;
  }

  private Reply executeBatch(WireStatement statement, Call call) throws SQLException {
    BadRow badRow = server.badRow();
    BatchOutcome outcome =
        new BatchExecution(database, badRow, this::execute).execute(statement, call.rows());
    executed();
    messages.put(outcome.code(), outcome.message());
    return statement.isFastInsert()
        ? outcome.fastReply()
        : outcome.standardReply(badRow == BadRow.CONTINUE_WITHOUT_CODE);
  }

  /** Kept, since what is executed again on the connection is sent as a prepared statement. */
  private Reply executeDirectly(int id, Call call) throws SQLException {
    WireStatement statement = keep(id, call.sql(), InsertPath.STANDARD);
    int count = execute(statement, call.firstRow());
    executed();
    ListWriter reply = new ListWriter();
    if (server.insertPath() == InsertPath.FAST) {
      reply.integer(0);
    }
    statement.describe(reply, InsertPath.STANDARD);
    return Reply.success(reply.integer(count));
  }

  /**
   * Observed: a query that is not prepared is answered twice, by its columns and its rows, and sent
   * as a prepared one when it is asked again.
   */
  private Reply[] directQuery(int id, Call call) throws SQLException {
    WireStatement statement = keep(id, call.sql(), server.insertPath());
    ListWriter columns = new ListWriter();
    statement.describe(columns, server.insertPath());
    ListWriter rows = new ListWriter();
    statement.writeRows(rows, call.firstRow(), call.maxRows());
    inTransaction = !database.getAutoCommit();
    return new Reply[] {Reply.success(columns), Reply.rows(rows)};
  }

  /** Runs a statement for one row, with the locks of tables that it needs. */
  private int execute(WireStatement statement, List<Object> row) throws SQLException {
    Optional<Change> change = statement.change().filter(Change::locks);
    if (change.isEmpty()) {
      return statement.execute(row);
    }
    server.tableLocks().awaitTable(session, change.get().table());
    int count = statement.execute(row);
    if (!database.getAutoCommit()) {
      server.tableLocks().changed(session, change.get().table(), count);
    }
    return count;
  }

  private void executed() throws SQLException {
    inTransaction = !database.getAutoCommit();
    if (!inTransaction) {
      ended();
    }
  }

  private void ended() {
    inTransaction = false;
    server.tableLocks().release(session);
  }

  /** A choice: the whole message is refused, whatever else is in it. */
  private static void checkLengths(Call call) throws ServerException {
    for (List<Object> row : call.rows()) {
      for (Object value : row) {
        if (value instanceof String text && text.length() > MAX_STRING) {
          throw ServerException.fatal("<MAXSTRING>");
        }
      }
    }
  }

  private static void checkNames(String sql) throws ServerException {
    for (String token : SqlTokens.of(sql)) {
      int quotes = token.startsWith("\"") ? 2 : 0;
      if ((quotes > 0 || SqlTokens.isWord(token)) && token.length() - quotes > MAX_NAME) {
        throw new ServerException(SqlCode.SYNTAX, "the name is too long: " + token);
      }
    }
    Optional<String> word = ReservedWords.usedAsName(sql);
    if (word.isPresent()) {
      throw new ServerException(
          SqlCode.SYNTAX, "IDENTIFIER expected, reserved word (%s) found".formatted(word.get()));
    }
  }

  private String message(Request request) {
    return messages.getOrDefault(request.items().nextInteger(), "");
  }

  @Override
  public void close() throws SQLException {
    for (WireStatement statement : statements.values()) {
      statement.close();
    }
  }
}
