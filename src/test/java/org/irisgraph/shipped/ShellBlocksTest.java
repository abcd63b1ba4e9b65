package org.irisgraph.shipped;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellBlocksTest {

  @Test
  void cutCommandsAtLineEndsThatEndThem() {
    assertThat(
        ShellBlocks.commands("export A=1\na \\\n  b\n\nc \"d\n'e\" f\ng 'h\\' i\n"),
        is(List.of("export A=1", "a \\\n  b", "c \"d\n'e\" f", "g 'h\\' i")));
  }

  @Test
  void areThoseOfThePageThatAreForAShell() {
    String page =
        """
        ```sh
        a
        ```
        text
           ```sh
           b
           ```
        ```json
        {}
        ```
        """;

    assertThat(ShellBlocks.of(page), is(List.of(List.of("a"), List.of("b"))));
  }

  @Test
  void haveTheOutputThatIsShownBelowThem() {
    String page =
        """
        ```sh
        a
        ```

        It prints:

        ```
        first
          second
        ```

        ```sh
        b
        ```

        ## Next

        ```
        no output of b
        ```
        """;

    assertThat(ShellBlocks.shown(page), is(List.of(List.of("first", "  second"), List.of())));
  }
}
