package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What is named as a break, and what is none. */
class InterfaceBreaksTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** An order with parts, which is answered with its number; single quotes for the double ones. */
  private static final String DOCUMENT =
      """
      {'paths': {'/orders': {'post': {
        'x-needs': ['TAKE_CALLS'],
        'parameters': [
          {'in': 'query', 'name': 'trial', 'required': false, 'schema': {'type': 'string', 'maxLength': 9}},
          {'in': 'query', 'name': 'view', 'required': true, 'schema': {'type': 'string'}}],
        'requestBody': {'required': false, 'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Order'}}}},
        'responses': {'200': {'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Done'}}}}}}}},
       'components': {'schemas': {
        'Order': {'required': ['name'], 'properties': {
          'name': {'type': 'string', 'maxLength': 40, 'minLength': 1},
          'kind': {'enum': ['LARGE', 'SMALL']},
          'parts': {'type': 'array', 'items': {'$ref': '#/components/schemas/Part'}, 'maxItems': 9},
          'note': {'type': 'string'}}},
        'Part': {'properties': {'code': {'type': 'string', 'pattern': '[a-z]+'}, 'count': {'type': 'integer', 'maximum': 10}}},
        'Done': {'required': ['id'], 'properties': {'id': {'type': 'string'}, 'state': {'enum': ['NEW', 'OLD']}, 'why': {'type': 'string', 'maxLength': 90}}}}}}
      """;

  private static List<String> lines(String document) {
    return InterfaceLines.of(JSON.readTree(document.replace('\'', '"')));
  }

  private static List<String> breaks(String from, String to) {
    assertThat(DOCUMENT).contains(from);
    return InterfaceBreaks.between(lines(DOCUMENT), lines(DOCUMENT.replace(from, to)));
  }

  @Test
  void nothingIsBrokenByNothing() {
    assertThat(InterfaceBreaks.between(lines(DOCUMENT), lines(DOCUMENT))).isEmpty();
    assertThat(InterfaceBreaks.between(List.of(), lines(DOCUMENT))).as("all of it is new").isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a field of what is sent is required now | 'required': ['name'] | 'required': ['name', 'note'] | Order.note!",
        "one deep in it | 'Part': { | 'Part': {'required': ['code'], | Part.code!",
        "a parameter is required now | 'name': 'trial', 'required': false | 'name': 'trial', 'required': true | query trial!",
        "another parameter is required | 'parameters': [ | 'parameters': [{'in': 'query', 'name': 'new', 'required': true, 'schema': {'type': 'string'}}, | query new!",
        "the body is required now | 'requestBody': {'required': false | 'requestBody': {'required': true | POST /orders <!",
        "a length is shorter | 'maxLength': 40 | 'maxLength': 39 | Order.name maxLength 39",
        "a length has an end | 'note': {'type': 'string'} | 'note': {'type': 'string', 'maxLength': 100} | Order.note maxLength 100",
        "more is asked for | 'minLength': 1 | 'minLength': 2 | Order.name minLength 2",
        "a list is shorter | 'maxItems': 9 | 'maxItems': 8 | Order.parts maxItems 8",
        "a number is smaller | 'maximum': 10 | 'maximum': 9 | Part.count maximum 9",
        "another pattern | '[a-z]+' | '[a-f]+' | Part.code pattern [a-f]+",
        "a parameter's length is shorter | 'maxLength': 9} | 'maxLength': 8} | query trial maxLength 8",
        "a choice less to send | ['LARGE', 'SMALL'] | ['SMALL'] | Order.kind: [LARGE, SMALL]",
        "a field less to send | 'note': {'type': 'string'} | 'other': {'type': 'string'} | Order.note: string",
        "another type | 'count': {'type': 'integer' | 'count': {'type': 'string' | Part.count: integer",
        "another type of a parameter | 'name': 'view', 'required': true, 'schema': {'type': 'string' | 'name': 'view', 'required': true, 'schema': {'type': 'integer' | query view: string",
        "a field of the answer is gone | 'id': {'type': 'string'}, | | Done.id: string",
        "a field of the answer may be missing | 'required': ['id'] | 'required': [] | Done.id!",
        "a choice that nobody knows is answered | ['NEW', 'OLD'] | ['NEW', 'OLD', 'LOST'] | Done.state: [NEW, OLD]",
        "another right | TAKE_CALLS | SEE_TEAM | needs",
        "another status | '200' | '202' | > 200 Done",
        "another method | 'post' | 'put' | POST /orders needs",
      })
  void aBreakIsNamed(String what, String from, String to, String named) {
    assertThat(breaks(from, to == null ? "" : to))
        .as(what)
        .isNotEmpty()
        .anySatisfy(line -> assertThat(line).contains(named));
  }

  @Test
  void aRightMoreIsNoBreakAndARightLessIsOne() {
    List<String> before = List.of("GET /session > 200 UserView", "UserView.grants: [[A, B]]");
    assertThat(InterfaceBreaks.between(before, List.of("GET /session > 200 UserView", "UserView.grants: [[A, B, C]]")))
        .isEmpty();
    assertThat(InterfaceBreaks.between(before, List.of("GET /session > 200 UserView", "UserView.grants: [[A, C]]")))
        .containsExactly("is gone: UserView.grants: [[A, B]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a field more to send | 'note': {'type': 'string'} | 'note': {'type': 'string'}, 'colour': {'type': 'string', 'maxLength': 5}",
        "a field that need not be sent any more | 'required': ['name'] | 'required': []",
        "a parameter that need not be sent any more | 'name': 'view', 'required': true | 'name': 'view', 'required': false",
        "a parameter more | 'parameters': [ | 'parameters': [{'in': 'query', 'name': 'new', 'required': false, 'schema': {'type': 'string', 'maxLength': 5}},",
        "a longer text to send | 'maxLength': 40 | 'maxLength': 41",
        "no end of it | , 'maxLength': 40 | ",
        "a larger number | 'maximum': 10 | 'maximum': 11",
        "a choice more to send | ['LARGE', 'SMALL'] | ['LARGE', 'MIDDLE', 'SMALL']",
        "a field more in the answer | 'id': {'type': 'string'}, | 'id': {'type': 'string'}, 'at': {'type': 'string'},",
        "a field that is always answered | 'required': ['id'] | 'required': ['id', 'why']",
        "a bound of the answer | 'maxLength': 90 | 'maxLength': 10",
        "another operation | '/orders': {'post' | '/others': {'get': {'x-needs': ['A'], 'parameters': [{'in': 'query', 'name': 'q', 'required': true, 'schema': {'type': 'string'}}], 'responses': {}}}, '/orders': {'post'",
      })
  void whatBreaksNobodysProgramIsNotNamed(String what, String from, String to) {
    assertThat(breaks(from, to == null ? "" : to)).as(what).isEmpty();
  }
}
