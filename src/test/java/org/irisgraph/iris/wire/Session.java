package org.irisgraph.iris.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;

/** The life of one connection: reads a request, has it answered, lets the faults strike. */
final class Session implements Runnable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Socket socket;
  private final Connection database;
  private final IrisWireServer server;
  private final SessionStatements statements;

  Session(Socket socket, Connection database, IrisWireServer server) {
    this.socket = socket;
    this.database = database;
    this.server = server;
    statements = new SessionStatements(database, server, this);
  }

  @Override
  public void run() {
    try {
      DataInputStream input =
          new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
      for (Request next = Request.read(input);
          next != null && serve(next, input);
          next = Request.read(input)) {}
    } catch (IOException e) {
      // The connection is gone: whether the driver or the test closed it, this is the end.
    } catch (SQLException | RuntimeException e) {
      server.failed(e);
    } finally {
      end();
    }
  }

  /** Lets the connection go; safe from any thread. */
  void hangUp() {
    try {
      socket.close();
    } catch (IOException e) {
      server.failed(e);
    }
  }

  /** Answers one request, and says whether the connection is to live on. */
  private boolean serve(Request request, DataInputStream input) throws IOException, SQLException {
    Call call = statements.read(request);
    LoggedMessage message =
        new LoggedMessage(
            request.type(), call.readableSql(), call.rowsOfParameters(), call.fastInsert());
    server.log().add(message);
    if (MessageLog.ONE_WAY.contains(request.type())) {
      return statements.note(request);
    }
    Fault fault = server.faults().take(message);
    if (fault == null) {
      send(request, statements.answer(request, call));
      return true;
    }
    return suffer(fault, request, call, input);
  }

  private boolean suffer(Fault fault, Request request, Call call, DataInputStream input)
      throws IOException, SQLException {
    switch (fault.action()) {
      case ERROR -> {
        send(request, statements.refuse(request, fault.number(), fault.text()));
        return true;
      }
      case DROP_BEFORE -> {
        return false;
      }
      case DROP_DURING -> {
        statements.answer(request, call.firstHalf());
        return false;
      }
      case DROP_BEFORE_REPLY -> {
        statements.answer(request, call);
        return false;
      }
      case DROP_AFTER_REPLY -> {
        send(request, statements.answer(request, call));
        return false;
      }
      case HANG_BEFORE -> {
        awaitEnd(input);
        return false;
      }
      case HANG_BEFORE_REPLY -> {
        statements.answer(request, call);
        awaitEnd(input);
        return false;
      }
      case WRONG_MESSAGE_COUNT -> {
        send(request, request.sequence() - 2, statements.answer(request, call));
        return true;
      }
      case SHORT_BODY -> {
        statements.answer(request, call);
        ListWriter counts = new ListWriter();
        for (int i = 0; i < fault.number(); i++) {
          counts.integer(1);
        }
        send(request, Reply.success(counts));
        return true;
      }
      case OVERTAKEN -> {
        server.execute(fault.text());
        send(request, statements.answer(request, call));
        return true;
      }
    }
    throw new AssertionError(fault);
  }

  /** Swallows what comes until one of the two sides closes the connection. */
  private static void awaitEnd(DataInputStream input) throws IOException {
    byte[] ignored = new byte[BUFFER_BYTES];
    while (input.read(ignored) >= 0) {}
  }

  private void send(Request request, Reply... replies) throws IOException {
    send(request, request.sequence(), replies);
  }

  private void send(Request request, int sequence, Reply... replies) throws IOException {
    for (Reply reply : replies) {
      socket.getOutputStream().write(reply.toBytes(sequence, request.statementId()));
    }
    socket.getOutputStream().flush();
  }

  /** Rolls back before the driver can notice that the connection is gone, and try again. */
  private void end() {
    try {
      statements.close();
      if (!database.isClosed()) {
        database.rollback();
        database.close();
      }
    } catch (SQLException e) {
      server.failed(e);
    } finally {
      hangUp();
      server.ended(this);
    }
  }
}
