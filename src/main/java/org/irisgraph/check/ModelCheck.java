package org.irisgraph.check;

import java.util.List;
import java.util.function.Consumer;
import org.irisgraph.base.ErrorText;
import org.irisgraph.endpoint.EndpointCheck;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.ModelPlan;

/** Asks the server of the language model for its models, not for an answer. */
final class ModelCheck {

  static final String TOPIC = "language model";
  private static final int NAMED = 5;

  private final IndexingOptions options;

  ModelCheck(IndexingOptions options) {
    this.options = options;
  }

  void run(Consumer<Finding> findings) throws InterruptedException {
    ModelPlan plan = ModelPlan.of(options);
    String url = plan.endpoint().url();
    String model = String.valueOf(options.getLlmModel());
    List<String> models;
    try {
      models = EndpointCheck.models(plan.endpoint(), plan.key());
    } catch (ModelException e) {
      findings.accept(
          Finding.problem(
              TOPIC, ErrorText.of(e) + "; start its server, or correct llmUrl and llmApiKeyFrom"));
      return;
    }
    findings.accept(
        models.isEmpty()
            ? Finding.good(TOPIC, url + " answers; it does not list its models")
            : models.contains(model)
                ? Finding.good(TOPIC, "%s answers and has %s".formatted(url, model))
                : Finding.warning(
                    TOPIC,
                    "%s does not list %s: correct llmModel, or load it; it lists %s%s"
                        .formatted(
                            url,
                            model,
                            String.join(", ", models.subList(0, Math.min(NAMED, models.size()))),
                            models.size() > NAMED ? ", …" : "")));
  }
}
