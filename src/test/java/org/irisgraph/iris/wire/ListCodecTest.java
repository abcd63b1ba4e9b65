package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListCodecTest {
  private static String hex(ListWriter list) {
    return HexFormat.of().withDelimiter(" ").withUpperCase().formatHex(list.toByteArray());
  }

  private static Object decoded(String hex) {
    return new ListReader(HexFormat.of().parseHex(hex.replace(" ", ""))).next();
  }

  @Test
  void writesTheBytesThatTheDriverSends() {
    assertThat(hex(new ListWriter().undefined()), is("01"));
    assertThat(hex(new ListWriter().string("")), is("02 01"));
    assertThat(hex(new ListWriter().string("\0")), is("03 01 00"));
    assertThat(hex(new ListWriter().string("SYS")), is("05 01 53 59 53"));
    assertThat(hex(new ListWriter().string("€")), is("04 02 AC 20"));
    assertThat(hex(new ListWriter().integer(0)), is("02 04"));
    assertThat(hex(new ListWriter().integer(300)), is("04 04 2C 01"));
    assertThat(hex(new ListWriter().integer(-1)), is("02 05"));
    assertThat(hex(new ListWriter().integer(-2)), is("03 05 FE"));
    assertThat(hex(new ListWriter().decimal(new BigDecimal("12.5"))), is("04 06 FF 7D"));
    assertThat(hex(new ListWriter().number(1.5)), is("0A 08 00 00 00 00 00 00 F8 3F"));
    assertThat(hex(new ListWriter().list(new ListWriter().integer(1))), is("05 01 03 04 01"));
  }

  @Test
  void readsTheBytesThatTheDriverSends() {
    assertThat(decoded("01"), is(nullValue()));
    assertThat(decoded("02 01"), is(""));
    assertThat(decoded("05 06 FE E2 04"), is(new BigDecimal("12.50")));
    assertThat(decoded("05 07 FE 1E FB"), is(new BigDecimal("-12.50")));
    assertThat(decoded("0A 08 00 00 00 00 00 00 F8 3F"), is(1.5));
    assertThat(decoded("06 08 00 00 C0 3F"), is(1.5));
    assertThat(decoded("04 08 C0 3F"), is(1.5));
    assertThat(decoded("02 08"), is(0.0));
    assertThat(decoded("0A 09 00 00 00 00 00 00 F0 7F"), is(Double.POSITIVE_INFINITY));
    assertThat(decoded("05 19 31 40 41"), is("1@A"));
    assertThat(decoded("03 21 41"), is("A"));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, -1, 127, 128, 255, 256, -255, -256, -257, Long.MAX_VALUE, Long.MIN_VALUE})
  void integersSurviveTheWay(long value) {
    assertThat(new ListReader(new ListWriter().integer(value).toByteArray()).next(), is(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1.25", "-1.25", "-0.01", "1E+30", "123456789012345678901234.5"})
  void decimalsSurviveTheWay(String value) {
    BigDecimal decimal = new BigDecimal(value);
    Object read = new ListReader(new ListWriter().decimal(decimal).toByteArray()).next();
    assertThat((BigDecimal) read, closeTo(decimal, BigDecimal.ZERO));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 253, 254, 255, 65_534, 65_535, 65_536, 5_000_000})
  void stringsOfEveryLengthSurviveTheWay(int length) {
    String text = "é".repeat(length);
    ListReader reader = new ListReader(new ListWriter().string(text).integer(7).toByteArray());
    assertThat(reader.next(), is(text));
    assertThat(reader.nextInteger(), is(7));
    assertThat(reader.hasNext(), is(false));
  }

  @ParameterizedTest
  @ValueSource(ints = {253, 254, 65_534, 65_535})
  void theLengthIsWrittenInItsShortestForm(int length) {
    int overhead = new ListWriter().binary(new byte[length]).toByteArray().length - length;
    assertThat(overhead, is(length <= 253 ? 2 : length <= 65_534 ? 4 : 8));
  }

  @Test
  void wideCharactersAndSurrogatePairsSurviveTheWay() {
    String text = "naïve Ωμέγα 漢字 🧬";
    assertThat(new ListReader(new ListWriter().string(text).toByteArray()).next(), is(text));
  }

  @Test
  void numbersSentAsStringsAreRead() {
    ListReader reader =
        new ListReader(new ListWriter().string("-1").string("").undefined().toByteArray());
    assertThat(reader.nextInteger(), is(-1));
    assertThat(reader.nextInteger(), is(0));
    assertThat(reader.nextInteger(), is(0));
  }

  @Test
  void anItemThatIsCutOffIsRefused() {
    assertThrows(MalformedMessageException.class, () -> decoded("05 01 53"));
    assertThrows(MalformedMessageException.class, () -> decoded("00 05"));
    assertThrows(MalformedMessageException.class, () -> decoded("03 0F 00"));
  }
}
