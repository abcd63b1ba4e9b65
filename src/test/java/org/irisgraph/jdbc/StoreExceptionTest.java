package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StoreExceptionTest {

  @Test
  void showsNoValueOfARowInAStackTrace() {
    SQLException refused =
        thrownByIris("Field 'RAG.Entities.entity_name' (value 'Molly Bloom') failed validation");

    String trace = trace(new StoreException.Refused(refused));

    assertThat(trace, not(containsString("Molly")));
    assertThat(trace, containsString("RAG.Entities.entity_name"));
    assertThat(trace, containsString("at com.intersystems.jdbc.IRISConnection"));
  }

  @Test
  void keepsACauseWithoutValues() {
    SQLException lost = thrownByIris("the link is down");

    assertThat(new StoreException.Outage("gave up", lost).getCause(), is(sameInstance(lost)));
  }

  private static SQLException thrownByIris(String message) {
    SQLException thrown = new SQLException(message, "S1000", 104);
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("com.intersystems.jdbc.IRISConnection", "send", null, 1)
        });
    return thrown;
  }

  private static String trace(Exception exception) {
    StringWriter trace = new StringWriter();
    exception.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
