package org.irisgraph.iris.wire;

/**
 * Answers calls of class methods, which are no SQL. The layout of a call is that of caretdev's
 * go-irisnative, which runs on real servers; that of an answer is observed: what the driver takes
 * for a value or an error.
 */
final class ClassMethods {
  /** The type of a message that calls a class method for its value. */
  static final String MESSAGE = "K\u00C2";

  private static final int SUCCESS = 0xCA00;

  private ClassMethods() {}

  /** Gives the only option that this server has. */
  static Reply answer(ListReader call, int lockThreshold) {
    String method = call.nextString() + "." + call.nextString();
    boolean known =
        method.equals("%SYSTEM.SQL.Util.GetOption")
            && call.nextInteger() == 1
            && call.nextString().equals("LockThreshold");
    return known
        ? Reply.status(SUCCESS, new ListWriter().integer(lockThreshold))
        : refuse(SqlCode.FATAL, "<METHOD DOES NOT EXIST> " + method);
  }

  static Reply refuse(int code, String message) {
    return Reply.status(SUCCESS + code, new ListWriter().string(message));
  }
}
