package io.cordboard.web.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.cordboard.core.trust.Permission;
import io.cordboard.web.guard.ForAnybody;
import io.cordboard.web.guard.Needs;
import io.cordboard.web.problem.Problem;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/** What {@code /api/openapi.json} says beyond what springdoc finds by itself. */
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {
  private static final String KEY = "key";
  private static final String COOKIE = "session";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Cordboard")
                .version("1")
                .description("A field that is not required may be null.")
                .license(new License().name("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    KEY, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSecuritySchemes(
                    COOKIE,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("cordboard-session")));
  }

  @Bean
  OpenApiCustomizer problems() {
    return document ->
        ModelConverters.getInstance()
            .read(Problem.class)
            .forEach((name, schema) -> document.getComponents().addSchemas(name, schema));
  }

  /** All that an answer's {@code type} may be, which no schema can list. */
  @Bean
  OpenApiCustomizer problemTypes() {
    List<Map<String, Object>> types =
        Arrays.stream(Problem.Kind.values())
            .map(kind -> Problem.of(kind, ""))
            .map(
                one ->
                    Map.<String, Object>of(
                        "type", one.type(), "status", one.status(), "title", one.title()))
            .toList();
    return document -> document.addExtension("x-problems", types);
  }

  /** A request that works, for every operation that takes one; a test sends each of them. */
  @Bean
  OpenApiCustomizer examples() {
    Map<String, JsonNode> examples = Examples.read();
    return document ->
        document
            .getPaths()
            .forEach(
                (path, operations) ->
                    operations
                        .readOperationsMap()
                        .forEach(
                            (method, operation) ->
                                example(operation, examples.get(method + " " + path))));
  }

  private static void example(Operation operation, @Nullable JsonNode example) {
    if (operation.getRequestBody() != null && example != null) {
      operation.getRequestBody().getContent().values().forEach(media -> media.setExample(example));
    }
  }

  @Bean
  OperationCustomizer needs() {
    return OpenApiDocument::describe;
  }

  private static Operation describe(Operation operation, HandlerMethod method) {
    Needs needs = method.getMethodAnnotation(Needs.class);
    if (needs != null) {
      operation.addExtension(
          "x-needs", Arrays.stream(needs.value()).map(Permission::name).toList());
    }
    if (!method.hasMethodAnnotation(ForAnybody.class)) {
      operation.setSecurity(
          List.of(
              new SecurityRequirement().addList(COOKIE), new SecurityRequirement().addList(KEY)));
    }
    operation.getResponses().addApiResponse("default", problem());
    return operation;
  }

  private static ApiResponse problem() {
    MediaType json = new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"));
    return new ApiResponse()
        .description("What went wrong")
        .content(new Content().addMediaType("application/problem+json", json));
  }

  /** A record's components are always there, and only those that are nullable may be null. */
  @Bean
  ModelConverter requiredComponents() {
    return new RequiredComponents();
  }

  private static final class RequiredComponents implements ModelConverter {
    @Override
    public @Nullable Schema<?> resolve(
        AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
      if (!chain.hasNext()) {
        return null;
      }
      Schema<?> resolved = chain.next().resolve(type, context, chain);
      JavaType java = TypeFactory.defaultInstance().constructType(type.getType());
      if (resolved != null && java.getRawClass().isRecord()) {
        Schema<?> defined = context.getDefinedModels().get(name(resolved));
        require(defined == null ? resolved : defined, java.getRawClass());
      }
      return resolved;
    }

    private static String name(Schema<?> schema) {
      String reference = schema.get$ref();
      return reference == null
          ? String.valueOf(schema.getName())
          : reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static void require(Schema<?> schema, Class<?> record) {
      if (schema.getProperties() == null || schema.getRequired() != null) {
        return;
      }
      Arrays.stream(record.getRecordComponents())
          .filter(RequiredComponents::always)
          .map(RecordComponent::getName)
          .filter(schema.getProperties()::containsKey)
          .forEach(schema::addRequiredItem);
    }

    private static boolean always(RecordComponent component) {
      return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
  }
}
