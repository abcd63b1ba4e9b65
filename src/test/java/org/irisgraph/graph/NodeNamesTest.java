package org.irisgraph.graph;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeNamesTest {

  private static final NodeNames ALL = new NodeNames(EnumSet.allOf(NodeRule.class));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hyphens | breast-cancer | breast cancer",
        "hyphens | Non‑small-cell lung cancer | non small cell lung cancer",
        "hyphens | CD4- | cd4-",
        "greek | TNF-α | tnf-alpha",
        "greek | TNFα | tnf-alpha",
        "greek | TNFalpha | tnf-alpha",
        "greek | β2-agonist | beta-2-agonist",
        "greek | beta2-agonist | beta-2-agonist",
        "greek | αβ T cell | alpha-beta t cell",
        "greek | Alphabet | alphabet",
        "greek | καρκίνος | καρκίνοσ",
        "possessives | Parkinson’s disease | parkinson disease",
        "possessives | Graves' disease | graves disease",
        "possessives | Alzheimer's-type dementia | alzheimer-type dementia",
        "possessives | N'-acetyl | n'-acetyl",
        "british | Haemorrhagic tumours | hemorrhagic tumors",
        "british | hypokalaemia | hypokalemia",
        "british | Oedema | edema",
        "british | angio-oedema | angio-edema",
        "british | fibres | fibers",
        "british | aerobic coenzyme | aerobic coenzyme",
        "british | gastroesophageal | gastroesophageal",
        "plurals | Seizures | seizure",
        "plurals | neuropathies | neuropathy",
        "plurals | liver metastases | liver metastasis",
        "plurals | viruses | virus",
        "plurals | headaches | headache",
        "plurals | diseases of the heart | diseases of the heart",
        "plurals | TCAs | tca",
        "plurals | AIDS | aids",
        "plurals | SEIZURES | seizure",
        "plurals | diabetes | diabetes",
        "plurals | tuberculosis | tuberculosis",
        "plurals | fungi | fungus",
        "plurals | mosquitoes | mosquito",
        "none | TNF-α | tnf-α",
        "none | Breast  Tumours | breast tumours",
      })
  void followsARule(String rule, String name, String normal) {
    NodeNames names = new NodeNames(NodeRule.of(List.of(rule)));

    assertThat(names.normalise(name), is(normal));
  }

  @ParameterizedTest
  @CsvSource({
    "TNF-α, TNF alpha",
    "TNFα inhibitors, TNF-alpha inhibitor",
    "Tumours, tumor",
    "Parkinson's-disease, Parkinson disease",
    "foetuses, fetus"
  })
  void rulesWorkTogether(String one, String other) {
    assertThat(ALL.normalise(one), is(ALL.normalise(other)));
  }

  @ParameterizedTest
  @CsvSource({"1-propanol, 2-propanol", "AIDS, aid", "hypotension, hypertension"})
  void keepsOtherNamesApart(String one, String other) {
    assertThat(ALL.normalise(one), is(not(ALL.normalise(other))));
  }

  @Test
  void aNormalFormIsItsOwnNormalForm() {
    for (String name :
        List.of("TNF-αs", "β2-agonists", "Haemorrhagic foetuses", "crises", "Crohn's diseases")) {
      assertThat(ALL.normalise(ALL.normalise(name)), is(ALL.normalise(name)));
    }
  }

  @Test
  void readsTheNamesOfRules() {
    assertThat(NodeRule.of(NodeRule.names()), is(Set.of(NodeRule.values())));
    assertThat(NodeRule.of(List.of("none")), is(empty()));
    assertThat(
        assertThrows(
                IllegalArgumentException.class, () -> NodeRule.of(List.of("plurals", "plural")))
            .getMessage(),
        containsString("hyphens, greek, possessives, british, plurals, shortForms, or none"));
  }
}
