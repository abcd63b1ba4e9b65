package org.irisgraph.embed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MiniLmTest {

  @ParameterizedTest
  @EnumSource(MiniLm.class)
  void isShippedWithTheTests(MiniLm model) {
    assertThat(model.isShipped(), is(true));
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
