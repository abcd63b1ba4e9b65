package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.beans.Introspector;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * One option, declared by its getter.
 *
 * @param name the key in settings files and the flag's name
 * @param getter the method of the options interface
 */
public record OptionDeclaration(String name, Method getter) {

  /** The option that a getter declares; empty if the method is not a getter. */
  static Optional<OptionDeclaration> of(Method method) {
    String name = method.getName();
    int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
    return prefix == 0 || name.length() == prefix || method.getParameterCount() > 0
        ? Optional.empty()
        : Optional.of(new OptionDeclaration(nameIn(name, prefix), method));
  }

  /** The option's name in that of its getter or setter. */
  static String nameIn(String method, int prefix) {
    return Introspector.decapitalize(method.substring(prefix));
  }

  /** Whether this project declares the option, rather than Beam or a runner. */
  public boolean isOurs() {
    return getter.getDeclaringClass().getPackage() == IndexingOptions.class.getPackage();
  }

  public Class<?> type() {
    return getter.getReturnType();
  }

  public boolean isBoolean() {
    return type() == boolean.class || type() == Boolean.class;
  }

  public boolean isList() {
    return List.class.isAssignableFrom(type()) || type().isArray();
  }

  boolean isMap() {
    return Map.class.isAssignableFrom(type());
  }

  boolean isWholeNumber() {
    return type() == int.class
        || type() == Integer.class
        || type() == long.class
        || type() == Long.class;
  }

  boolean isFraction() {
    return type() == double.class
        || type() == Double.class
        || type() == float.class
        || type() == Float.class;
  }

  /** The type, or the allowed values, as the help shows them. */
  public String typeName() {
    if (type().isEnum()) {
      return String.join("|", enumConstants().keySet());
    }
    if (isBoolean()) {
      return "true|false";
    }
    if (isList()) {
      return "text,..";
    }
    return isWholeNumber() || isFraction() ? "number" : "text";
  }

  /** What the option does, in one sentence for those that the help shows. */
  public String description() {
    String ofRunner = RunnerOptions.DESCRIPTIONS.get(name);
    if (ofRunner != null) {
      return ofRunner;
    }
    Description description = getter.getAnnotation(Description.class);
    return description == null ? "" : description.value();
  }

  /** The group in which the help shows the option; empty if it does not show it. */
  public Optional<OptionGroup> group() {
    if (RunnerOptions.DESCRIPTIONS.containsKey(name)) {
      return Optional.of(OptionGroup.RUNNER);
    }
    return Optional.ofNullable(getter.getAnnotation(Group.class))
        .or(() -> Optional.ofNullable(getter.getDeclaringClass().getAnnotation(Group.class)))
        .map(Group::value);
  }

  /** The default as it is written in settings, or how it is derived; empty if there is none. */
  public Optional<String> defaultText() {
    for (Annotation annotation : getter.getAnnotations()) {
      if (annotation instanceof Default.InstanceFactory factory) {
        return describe(factory);
      }
      if (annotation.annotationType().getEnclosingClass() == Default.class) {
        String value = String.valueOf(valueOf(annotation));
        return Optional.of(type().isEnum() ? written(value) : value);
      }
    }
    return Optional.empty();
  }

  /** The declared default; empty if there is none. */
  Optional<Object> defaultValue(PipelineOptions options) {
    for (Annotation annotation : getter.getAnnotations()) {
      if (annotation instanceof Default.InstanceFactory factory) {
        return Optional.ofNullable(made(factory).create(options));
      }
      if (annotation.annotationType().getEnclosingClass() == Default.class) {
        Object value = valueOf(annotation);
        return Optional.ofNullable(
            type().isEnum() ? enumConstants().get(written(String.valueOf(value))) : value);
      }
    }
    return Optional.empty();
  }

  /** The range of a number; empty if it is not limited. */
  public Optional<String> rangeText() {
    return range().map(range -> plain(range.min()) + " to " + plain(range.max()));
  }

  /** The error message for a value outside the range. */
  public String outsideRange(Range range) {
    return "%s must be between %s and %s".formatted(name, plain(range.min()), plain(range.max()));
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }

  /** The values of an enum option by the names that settings use, in the order of the enum. */
  Map<String, Object> enumConstants() {
    return Arrays.stream(type().getEnumConstants())
        .collect(
            Collectors.toMap(
                constant -> written(((Enum<?>) constant).name()),
                constant -> constant,
                (first, second) -> first,
                LinkedHashMap::new));
  }

  public Optional<Range> range() {
    return Optional.ofNullable(getter.getAnnotation(Range.class));
  }

  /** Whether the value differs from the default. */
  public boolean isGiven(PipelineOptions options) {
    Object value = get(options);
    return value != null
        && !List.of().equals(value)
        && !String.valueOf(value).equals(defaultText().orElse(null));
  }

  public @Nullable Object get(PipelineOptions options) {
    return invoke(getter, options);
  }

  void set(PipelineOptions options, @Nullable Object value) {
    try {
      String setter = "set" + getter.getName().replaceFirst("^(get|is)", "");
      invoke(getter.getDeclaringClass().getMethod(setter, type()), options, value);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("option " + name + " has no setter", e);
    }
  }

  private String written(String constant) {
    try {
      Field field = type().getField(constant);
      JsonProperty property = field.getAnnotation(JsonProperty.class);
      return property == null ? constant : property.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(name + " has a default that is no constant of its type", e);
    }
  }

  private static Optional<String> describe(Default.InstanceFactory factory) {
    return made(factory) instanceof DescribedDefault<?> described
        ? Optional.of(described.description())
        : Optional.empty();
  }

  private static DefaultValueFactory<?> made(Default.InstanceFactory factory) {
    try {
      return factory.value().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(factory.value() + " has no public constructor", e);
    }
  }

  private static @Nullable Object valueOf(Annotation annotation) {
    try {
      return invoke(annotation.annotationType().getMethod("value"), annotation);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(annotation + " has no value", e);
    }
  }

  private static @Nullable Object invoke(
      Method method, Object target, @Nullable Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot call " + method, e);
    }
  }
}
