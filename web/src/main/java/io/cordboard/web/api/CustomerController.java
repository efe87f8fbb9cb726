package io.cordboard.web.api;

import io.cordboard.core.journey.EditCustomer;
import io.cordboard.core.journey.SeeCustomer;
import io.cordboard.core.profile.CustomerEditor;
import io.cordboard.core.profile.CustomerEditor.Change;
import io.cordboard.core.profile.CustomerSearch;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.CustomerId;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Customers: found, looked at, made and changed. */
@Tag(name = "customers")
@RestController
@RequestMapping("/api/v1/customers")
class CustomerController {
  private static final int MAX_QUERY = 400;
  private final SeeCustomer see;
  private final EditCustomer edit;

  CustomerController(SeeCustomer see, EditCustomer edit) {
    this.see = see;
    this.edit = edit;
  }

  /**
   * A page of hits, the surest first.
   *
   * @param broad more customers fit than are looked at: a longer text helps
   */
  record Hits(List<CustomerView.Found> items, @Nullable String next, boolean broad) {}

  @Operation(
      summary =
          "Find customers by part of a name (in characters, pinyin or its initials, without accents), number, e-mail, order or ticket; without q everybody, in the order in which they came; each hit stands in the audit")
  @Needs(Permission.SEE_CUSTOMERS)
  @GetMapping
  Hits find(
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit,
      Principal who) {
    CustomerSearch.Position after =
        Cursor.read(
            cursor, 3,
            parts ->
                new CustomerSearch.Position(
                    Integer.parseInt(parts.get(0)), parts.get(1), CustomerId.parse(parts.get(2))));
    int most = Input.between("limit", limit, 1, 100);
    CustomerSearch.Found found =
        q == null
            ? see.all(who, after, most)
            : see.search(who, Input.text("q", q, MAX_QUERY), after, most);
    CustomerSearch.Position next = found.next();
    return new Hits(
        found.hits().stream().map(CustomerView.Found::of).toList(),
        next == null ? null : Cursor.of(next.rank(), next.name(), next.id()),
        found.broad());
  }

  @Operation(
      summary =
          "A customer; a merged one is shown as the survivor. Protected fields have values only while the customer is verified in a call of whoever asks")
  @Needs(Permission.SEE_CUSTOMERS)
  @GetMapping("/{id}")
  CustomerView.File show(@PathVariable String id, Principal who) {
    return CustomerView.File.of(see.file(who, CustomerId.parse(id)));
  }

  @Operation(summary = "Make a customer")
  @Needs(Permission.EDIT_CUSTOMERS)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  CustomerView.File create(@RequestBody CustomerOrder.Create order, Principal who) {
    return CustomerView.File.of(see.file(who, edit.create(who, order.fields(), order.typed())));
  }

  @Operation(
      summary =
          "Change fields; answers 409 when somebody changed the customer since that version")
  @Needs(Permission.EDIT_CUSTOMERS)
  @PatchMapping("/{id}")
  CustomerView.File change(
      @PathVariable String id, @RequestBody CustomerOrder.Change order, Principal who) {
    CustomerId customer = CustomerId.parse(id);
    edit.change(who, customer, order.version(), order.changes());
    return CustomerView.File.of(see.file(who, customer));
  }

  /** A page of changes, the newest first. */
  record Changes(List<CustomerView.Changed> items, @Nullable String next) {}

  @Operation(summary = "Who changed what, and when; the newest first")
  @Needs(Permission.SEE_CUSTOMERS)
  @GetMapping("/{id}/changes")
  Changes changes(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit,
      Principal who) {
    CustomerEditor.Position after =
        Cursor.read(
            cursor, 2,
            parts ->
                new CustomerEditor.Position(
                    Long.parseLong(parts.get(0)), Code.id(parts.get(1)).toString()));
    int most = Input.between("limit", limit, 1, 200);
    List<Change> page = see.history(who, CustomerId.parse(id), after, most);
    Change last = page.size() < most ? null : page.getLast();
    return new Changes(
        page.stream().map(CustomerView.Changed::of).toList(),
        last == null ? null : Cursor.of(last.micros(), last.id()));
  }

  @Operation(summary = "Add a number, e-mail or foreign id; the company's own numbers are refused")
  @Needs(Permission.EDIT_CUSTOMERS)
  @PostMapping("/{id}/identities")
  CustomerView.File add(
      @PathVariable String id, @RequestBody CustomerOrder.IdentityOrder order, Principal who) {
    CustomerId customer = CustomerId.parse(id);
    edit.addIdentity(who, customer, order.typed());
    return CustomerView.File.of(see.file(who, customer));
  }

  @Operation(summary = "Somebody made sure that this number, e-mail or foreign id is the customer's")
  @Needs(Permission.EDIT_CUSTOMERS)
  @PostMapping("/{id}/identities/confirm")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void confirm(
      @PathVariable String id, @RequestBody CustomerOrder.ValueOrder order, Principal who) {
    edit.confirmIdentity(who, CustomerId.parse(id), order.checked());
  }

  @Operation(summary = "This number, e-mail or foreign id is not the customer's")
  @Needs(Permission.EDIT_CUSTOMERS)
  @PostMapping("/{id}/identities/remove")
  CustomerView.File remove(
      @PathVariable String id, @RequestBody CustomerOrder.ValueOrder order, Principal who) {
    CustomerId customer = CustomerId.parse(id);
    edit.removeIdentity(who, customer, order.checked());
    return CustomerView.File.of(see.file(who, customer));
  }

  @Operation(summary = "Keep a decision of the customer's; 'calls' not granted is do-not-call")
  @Needs(Permission.EDIT_CUSTOMERS)
  @PostMapping("/{id}/consents")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void consent(
      @PathVariable String id, @RequestBody CustomerOrder.ConsentOrder order, Principal who) {
    edit.consent(who, CustomerId.parse(id), order.consent());
  }
}
