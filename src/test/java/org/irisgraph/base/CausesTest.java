package org.irisgraph.base;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CausesTest {

  private final IOException root = new IOException("root");
  private final Exception outer = new IllegalStateException(new RuntimeException(root));

  @Test
  void findsTheOutermostOfAType() {
    assertThat(Causes.first(outer, RuntimeException.class).orElseThrow(), is(sameInstance(outer)));
    assertThat(Causes.first(outer, IOException.class).orElseThrow(), is(sameInstance(root)));
    assertThat(Causes.first(outer, Error.class), is(Optional.empty()));
    assertThat(Causes.first(null, Error.class), is(Optional.empty()));
  }

  @Test
  void findsTheRoot() {
    assertThat(Causes.root(outer), is(sameInstance(root)));
    assertThat(Causes.root(root), is(sameInstance(root)));
  }

  @Test
  void endsInARingOfCauses() {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.initCause(b);

    assertThat(Causes.of(a).count(), is(50L));
  }
}
