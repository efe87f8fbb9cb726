package io.cordboard.core.journey;

import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.OutsideRules;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.Fault;
import java.util.function.Supplier;

/** Numbers outside by the number plans, the trunk's rules and what the company allows. */
public final class DialledNumbers implements OutsideNumbers {
  private final NumberReader reader;
  private final Supplier<TrunkRules> trunk;
  private final Supplier<Directory> directory;
  private final OutsideRules rules;

  public DialledNumbers(
      NumberReader reader, Supplier<TrunkRules> trunk, Supplier<Directory> directory,
      OutsideRules rules) {
    this.reader = reader;
    this.trunk = trunk;
    this.directory = directory;
    this.rules = rules;
  }

  @Override
  public Outside read(String typed) {
    String text = typed.strip();
    if (OutsideNumbers.emergency(text)) {
      return new Outside("SHORT_CODE", text);
    }
    if (isExtension(text)) {
      throw new Fault.Refused(
          "%s is a colleague's extension, not a number outside: hand a call on, or ask them in a call."
              .formatted(text));
    }
    String number =
        reader
            .canonical(text, trunk.get().place())
            .orElseThrow(
                () ->
                    new Fault.BadRequest(
                        "'%s' is no telephone number: type it with its area code, or with + and the country code."
                            .formatted(Fault.excerpt(text))));
    TrunkRules read = trunk.get();
    if (read.own().contains(text)
        || read.own().contains(number)
        || directory.get().line(number).isPresent()) {
      throw new Fault.Refused(
          "%s is one of the company's own numbers: it is not dialled outside.".formatted(number));
    }
    rules.check(number, read.place());
    return new Outside(number.startsWith("+") ? "KNOWN" : "SHORT_CODE", number);
  }

  private boolean isExtension(String text) {
    return directory.get().agents().values().stream()
        .flatMap(Directory.Agent::phones)
        .anyMatch(device -> device.address().equals(text));
  }
}
