package io.cordboard.app;

import io.cordboard.kernel.Fault;
import java.util.List;

/** The command line. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  static int run(List<String> args) {
    String command = args.isEmpty() ? "" : args.getFirst();
    List<String> rest = args.isEmpty() ? List.of() : args.subList(1, args.size());
    try {
      return switch (command) {
        case "up" -> Up.run(rest);
        case "down" -> Client.down(rest);
        case "call" -> Client.call(rest);
        case "key" -> Client.key(rest);
        case "import" -> ImportCommand.run(rest);
        case "crm" -> CrmCommand.run(rest);
        case "reconcile" -> ReconcileCommand.run(rest);
        case "audit" -> Client.audit(rest);
        case "apply" -> SetupCommands.apply(rest);
        case "export" -> SetupCommands.export(rest);
        case "switches" -> Client.switches(rest);
        default -> throw new Options.Wrong("unknown command '" + command + "'");
      };
    } catch (Options.Wrong e) {
      System.err.println("cordboard: " + e.getMessage());
      return 2;
    } catch (Fault e) {
      System.err.println("cordboard: " + e.getMessage());
      return 1;
    }
  }
}
