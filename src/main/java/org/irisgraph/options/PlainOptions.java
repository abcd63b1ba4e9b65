package org.irisgraph.options;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Options as Beam's factory makes them, for commands that start no pipeline: the factory first
 * checks all options of Beam and the runners against each other, which takes a second.
 */
final class PlainOptions implements InvocationHandler {

  private final Map<String, @Nullable Object> values = new HashMap<>();

  private PlainOptions() {}

  static <T extends PipelineOptions> T as(Class<T> type) {
    return new PlainOptions().view(type);
  }

  private <T> T view(Class<T> type) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    String name = method.getName();
    if (arguments == null) {
      OptionDeclaration option =
          OptionDeclaration.of(method)
              .orElseThrow(() -> new UnsupportedOperationException(method.toString()));
      return values.containsKey(option.name())
          ? values.get(option.name())
          : defaultValue(option, (PipelineOptions) proxy);
    }
    if (name.equals("as")) {
      return view((Class<?>) requireNonNull(arguments[0]));
    }
    if (!name.startsWith("set")) {
      throw new UnsupportedOperationException(method.toString());
    }
    values.put(OptionDeclaration.nameIn(name, 3), arguments[0]);
    return null;
  }

  private static @Nullable Object defaultValue(OptionDeclaration option, PipelineOptions options) {
    return option
        .defaultValue(options)
        // What the elements of a new array are: zero, false or null.
        .orElseGet(() -> Array.get(Array.newInstance(option.type(), 1), 0));
  }
}
