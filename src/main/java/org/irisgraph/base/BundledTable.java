package org.irisgraph.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Reads the tables that are bundled with the program. */
public final class BundledTable {

  private BundledTable() {}

  /**
   * The lines below the header, each as its columns.
   *
   * @param owner a class of the package that has the table among its resources
   * @param file a file with tabs between the columns
   */
  public static List<String[]> rows(Class<?> owner, String file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(owner.getResourceAsStream(file), file), UTF_8))) {
      return lines.lines().skip(1).map(line -> line.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table " + file, e);
    }
  }
}
