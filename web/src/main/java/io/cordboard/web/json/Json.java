package io.cordboard.web.json;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.PhoneNumber;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** The one way in which JSON is read and written here. */
public final class Json {
  /** The longest body or frame that is read at all, in bytes. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER = 64;

  private Json() {}

  /**
   * Strict about what comes in: a component that is not nullable must be there, a name must not
   * come twice, depth and length are bounded. Unknown names are ignored, so that a client may be
   * newer.
   */
  public static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder(factory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .addModule(ids());
    return builder
        .annotationIntrospector(
            new AnnotationIntrospectorPair(
                new RecordIntrospector(), builder.annotationIntrospector()))
        .build();
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(2 * MAX_BYTES) // BodyLimit refuses it earlier, and says why
                .maxNumberLength(MAX_NUMBER)
                .build())
        .build();
  }

  /** Our ids are a UUID in text, not an object around one. */
  private static JacksonModule ids() {
    return new SimpleModule("ids")
        .addSerializer(AgentId.class, ToStringSerializer.instance)
        .addSerializer(CallId.class, ToStringSerializer.instance)
        .addSerializer(CustomerId.class, ToStringSerializer.instance)
        .addSerializer(PhoneNumber.class, ToStringSerializer.instance);
  }
}
