package org.irisgraph.extract.ner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.irisgraph.extract.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a mention, which stands between square brackets here, is a date. */
class DateNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shown in [Figure 2a] and b",
        "shown in Figure [10] and",
        "shown in [Fig. 2] and",
        "shown in Fig. [2010], where",
        "all of [Figures 3, 4, 5] show",
        "listed in [Table S2].",
        "listed in [Table 2 Etiologies] of",
        "listed in Table [1998], row 3",
        "as [Article IV, Section 3] says",
        "see [page 1821] of",
        "after equation [1990] of",
      })
  void aNumberOfAFigureTableOrPageIsNone(String text) {
    assertThat(date(text), is("none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ginkgosinic acid B ([27]) is converted",
        "since [15] of them",
        "demonstrated [79].43% accuracy",
        "classified as large [8,16–[18]]",
        "on [PostgreSQL 17] and",
        "| 3.1 | [23] | 8.8",
        "| 0.9 | [2412] | -",
        "| 0.7 | 1059 | [1485] | 153",
        "the ferritin rose to [1420] but",
        "in [618] patients",
        "at a mass of [10 kDa] and",
      })
  void aNumberThatNothingMakesAYearIsNone(String text) {
    assertThat(date(text), is("none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "in [1300] °C hot water",
        "of [1800 μmol] and",
        "bands at [1740] cm−1 and",
        "bands between [1850] and 1900 cm−1",
        "the range from [1800]–2000 nm",
      })
  void aNumberBeforeAUnitIsNone(String text) {
    assertThat(date(text), is("none"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          it opened in [1485].                 | 1485
          it lived (c.[1608]) here             | 1608
          from [1641] to 1660                  | 1641
          from 1641 to [1660] and              | 1660
          founded in [618], it                 | 618
          an [1830] novel                      | 1830
          mayor in 1873 – [74].                | 74
          played in 2008 – [09] there          | 09
          on the [23rd] of that month          | 23rd
          in [the '90s] of                     | the '90s
          in [the early 20th century] of       | the early 20th century
          after [48 hours] of                  | 48 hours
          """)
  void itsContextMakesANumberAYearOrDay(String text, String date) {
    assertThat(date(text), is(date));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the [Copa América 1945] team           | 1945
          born ([Nîmes, 2 June 1663]) there      | 2 June 1663
          (Two Fighters, [Dva boitsa, 1943])     | 1943
          As of [August 2017, Dix] is            | August 2017
          since [July 1948 COMNAVFORGER Wilkes]  | July 1948
          in [Fiscal Year 2024] we               | Fiscal Year 2024
          by [Q3 2024] we                        | Q3 2024
          during [Easter 1916] there             | Easter 1916
          """)
  void aNameBeforeOrAfterADateIsNoPartOfIt(String text, String date) {
    assertThat(date(text), is(date));
  }

  @Test
  void aDateEndsBeforeTheBarOfATableAndTheEndOfASentence() {
    assertThat(date("[Month 19 |] 3 |"), is("Month 19"));
    assertThat(date("will you come on [Saturday?] I do"), is("Saturday"));
    assertThat(date("see you on [May 3!]"), is("May 3"));
    assertThat(date("on [3 May,] he"), is("3 May"));
  }

  @Test
  void anAgeIsNone() {
    assertThat(date("a [two-year]-old child"), is("none"));
    assertThat(date("was [12 years] old"), is("none"));
    assertThat(date("for [12 years] of"), is("12 years"));
  }

  @Test
  void anEpochIsADate() {
    assertThat(date("during the [Oligocene], some"), is("Oligocene"));
  }

  private static String date(String marked) {
    int start = marked.lastIndexOf('[');
    String text = marked.substring(0, start) + marked.substring(start + 1).replaceFirst("]", "");
    int end = marked.indexOf(']', start) - 1;
    TokenizedText tokens = TokenizedText.of(text);
    Span date = new DateNames(tokens).date(tokens.tokenAt(start), tokens.tokenAt(end));
    return date == null ? "none" : text.substring(date.start(), date.end());
  }
}
