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

  /** Gives the lock threshold, and the licence of a Community Edition with two units to spare. */
  static Reply answer(ListReader call, int lockThreshold) {
    String method = call.nextString() + "." + call.nextString();
    ListWriter value = new ListWriter();
    switch (method) {
      case "%SYSTEM.SQL.Util.GetOption" -> {
        if (call.nextInteger() != 1 || !call.nextString().equals("LockThreshold")) {
          return refuse(SqlCode.FATAL, "<ILLEGAL VALUE> " + method);
        }
        value.integer(lockThreshold);
      }
      case "%SYSTEM.License.LUAvailable" -> value.integer(2);
      case "%SYSTEM.License.KeyLicenseCapacity" ->
          value.string("InterSystems IRIS Community license");
      default -> {
        return refuse(SqlCode.FATAL, "<METHOD DOES NOT EXIST> " + method);
      }
    }
    return Reply.status(SUCCESS, value);
  }

  static Reply refuse(int code, String message) {
    return Reply.status(SUCCESS + code, new ListWriter().string(message));
  }
}
