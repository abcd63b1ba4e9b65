package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ContentKeyedCacheTest {

  private final ContentKeyedCache<StringBuilder> cache = new ContentKeyedCache<>();

  @Test
  void parsesEqualContentOnce() throws IOException {
    StringBuilder first = cache.get("a", () -> new StringBuilder("first"));

    assertThat(cache.get("a", () -> new StringBuilder("second")), is(sameInstance(first)));
    assertThat(cache.get("b", () -> new StringBuilder("third")), is(not(sameInstance(first))));
  }

  @Test
  void parsesAgainAfterAFailure() throws IOException {
    assertThrows(
        IOException.class,
        () ->
            cache.get(
                "a",
                () -> {
                  throw new IOException("not readable");
                }));

    StringBuilder parsed = cache.get("a", () -> new StringBuilder("parsed"));

    assertThat(parsed.toString(), is("parsed"));
  }
}
