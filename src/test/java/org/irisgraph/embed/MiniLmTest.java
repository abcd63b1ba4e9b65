package org.irisgraph.embed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.irisgraph.endpoint.CompletionCache;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MiniLmTest {

  @ParameterizedTest
  @EnumSource(MiniLm.class)
  void isShippedWithTheTests(MiniLm model) {
    assertThat(model.isShipped(), is(true));
  }

  @Tag("slow")
  @Test
  void computesOnTheCallersThreadInARun() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    List<String> texts = IntStream.range(0, 40).mapToObj("text %d"::formatted).toList();

    try (EmbeddingModel model = MiniLm.QUANTISED.open(CompletionCache.NONE, false)) {
      Map<String, TextVector> vectors =
          model.embed(
              texts,
              () -> {
                threads.add(Thread.currentThread());
                return false;
              });
      assertThat(vectors.keySet(), is(Set.copyOf(texts)));
    }

    assertThat(threads, contains(Thread.currentThread()));
  }

  @Test
  void isNotShippedWhereTheProgramHasNoJarOfIt() throws Exception {
    URL program = MiniLm.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone = new URLClassLoader(new URL[] {program}, null)) {
      Class<?> model = alone.loadClass(MiniLm.class.getName());
      assertThat(model.getMethod("isShipped").invoke(model.getEnumConstants()[0]), is(false));
    }
  }
}
