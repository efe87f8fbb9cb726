package io.cordboard.web.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serial;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Reads from the records themselves what would otherwise need annotations in the core: a sealed
 * interface is told apart by {@code type}, and what is not {@link Nullable} must be there.
 */
final class RecordIntrospector extends NopAnnotationIntrospector {
  @Serial private static final long serialVersionUID = 1L;

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    return annotated instanceof AnnotatedClass && isOurSealed(annotated.getRawType())
        ? JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, true)
        : null;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
    return isOurSealed(annotated.getRawType())
        ? Arrays.stream(annotated.getRawType().getPermittedSubclasses())
            .map(member -> new NamedType(member, TypeNames.of(member)))
            .toList()
        : null;
  }

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return isRecordParameter(member) && !isNullable(member) ? Boolean.TRUE : null;
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    return isRecordParameter(annotated) && !isNullable(annotated)
        ? JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL)
        : JsonSetter.Value.empty();
  }

  private static boolean isOurSealed(Class<?> type) {
    return type.isInterface() && type.isSealed() && type.getName().startsWith("io.cordboard.");
  }

  private static boolean isRecordParameter(Annotated annotated) {
    return annotated instanceof AnnotatedParameter parameter
        && parameter.getDeclaringClass().isRecord();
  }

  private static boolean isNullable(Annotated annotated) {
    AnnotatedParameter parameter = (AnnotatedParameter) annotated;
    AnnotatedElement owner = parameter.getOwner().getAnnotated();
    return owner instanceof Executable constructor
        && isNullable(constructor.getAnnotatedParameterTypes()[parameter.getIndex()]);
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}
