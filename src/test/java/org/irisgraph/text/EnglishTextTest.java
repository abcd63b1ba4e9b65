package org.irisgraph.text;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnglishTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Der Bundestag hat am Donnerstag in Berlin dem Haushalt zugestimmt. Die Abgeordneten der"
            + " Grünen stimmten dagegen.",
        "Le président a rencontré les maires de la région dans la ville de Lyon pour une réunion.",
        "El presidente se reunió con los alcaldes de la región en la ciudad por la tarde.",
        "De minister sprak met de burgemeester van Utrecht over het plan voor een nieuwe brug.",
        "Президент встретился с мэрами городов области и обсудил с ними новый бюджет на год",
        "Ο πρόεδρος συναντήθηκε με τους δημάρχους της περιοχής στην πόλη για το νέο σχέδιο"
      })
  void recognisesOtherLanguages(String text) {
    assertThat(EnglishText.isOtherLanguage(text + "\n" + text), is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Preheat the oven and mix the flour with the butter until it is smooth, then add some salt.",
        "id;name;city;salary 1;Anna;Berlin;54,000 2;Bob;London;48,500 3;Carlos;São Paulo;40,000",
        "Dr. Elena Petrova, Rue du Rhône 14, Geneva; Marijke van den Berg",
        "Guten Tag",
        ""
      })
  void takesAllElseForEnglish(String text) {
    assertThat(EnglishText.isOtherLanguage(text), is(false));
  }

  @Test
  void takesTextsOfAnOfficeForEnglish() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/general-texts"))) {
      for (Path file : files.toList()) {
        assertThat(file.toString(), EnglishText.isOtherLanguage(Files.readString(file)), is(false));
      }
    }
  }
}
