package org.irisgraph.extract.ner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Barack Obama; Obama; Barack            | Barack Obama; Barack Obama; Barack Obama
          Mr. Obama; Barack Obama                | Barack Obama; Barack Obama
          Barack Obama; Barack Hussein Obama II  | Barack Hussein Obama II; Barack Hussein Obama II
          Ann B. Lee; Ann Lee; Lee               | Ann B. Lee; Ann B. Lee; Ann B. Lee
          Ann Lee; Bob Lee; Lee                  | Ann Lee; Bob Lee; Bob Lee
          Lee Marvin; Ann Lee; Lee               | Lee Marvin; Ann Lee; Ann Lee
          Ann Lee; Ann Smith                     | Ann Lee; Ann Smith
          Sammy Davis Jr.; Davis; Davis's        | Sammy Davis Jr.; Sammy Davis Jr.; Sammy Davis Jr.
          Dr.; Jr.; Ann Lee                      | Dr.; Jr.; Ann Lee
          """)
  void aPartOfANameIsTheFullNameBeforeIt(String mentions, String names) {
    List<String> given = List.of(mentions.split("; "));

    assertThat(
        Arrays.stream(PersonNames.fullNames(given)).mapToObj(given::get).toList(),
        is(List.of(names.split("; "))));
  }
}
