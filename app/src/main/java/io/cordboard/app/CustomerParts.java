package io.cordboard.app;

import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.TrunkBook;
import io.cordboard.core.journey.CallWords;
import io.cordboard.core.journey.EditCustomer;
import io.cordboard.core.journey.ImportFiles;
import io.cordboard.core.journey.KeepFile;
import io.cordboard.core.journey.LiveCustomers;
import io.cordboard.core.journey.MergeCustomers;
import io.cordboard.core.journey.OwnNumbers;
import io.cordboard.core.journey.SeeCustomer;
import io.cordboard.core.journey.WorkLeads;
import io.cordboard.core.journey.WorkTasks;
import io.cordboard.core.profile.CustomerEditor;
import io.cordboard.core.trust.Incidents;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.store.customer.JdbcCustomerEditor;
import io.cordboard.store.customer.JdbcCustomerSearch;
import io.cordboard.store.customer.JdbcIdentityStore;
import io.cordboard.store.customer.JdbcIncidents;
import io.cordboard.store.customer.JdbcLeads;
import io.cordboard.store.customer.JdbcMergeStore;
import io.cordboard.store.customer.JdbcTasks;
import io.cordboard.store.customer.JdbcTimeline;
import io.cordboard.store.imports.JdbcImports;
import javax.sql.DataSource;

/** The customer's file, over the database. */
record CustomerParts(
    SeeCustomer see, EditCustomer edit, MergeCustomers merge, WorkTasks tasks, WorkLeads leads,
    Incidents incidents, ImportFiles imports) {

  static CustomerParts of(Core core, LiveCustomers live, ImportFiles.Room importRoom) {
    DataSource pool = core.pool;
    EditCustomer.Making making = new EditCustomer.Making(core.clock, core.ids);
    OwnNumbers numbers =
        new OwnNumbers(new NumberReader(), () -> core.trunks.of(TrunkBook.USUAL), core.directory);
    CustomerEditor editor = new JdbcCustomerEditor(pool);
    SeeCustomer.Files files =
        new SeeCustomer.Files(
            core.cards, new JdbcCustomerSearch(pool), new JdbcTimeline(pool), editor);
    return new CustomerParts(
        new SeeCustomer(files, live, numbers, core.audit),
        new EditCustomer(
            editor, new JdbcIdentityStore(pool), numbers, live, core.audit, making),
        new MergeCustomers(new JdbcMergeStore(pool), live, core.audit, making),
        new WorkTasks(
            new JdbcTasks(pool), core.directory, core.audit, core.clock, core.taskBell::changed),
        new WorkLeads(new JdbcLeads(pool), core.audit, making),
        new JdbcIncidents(pool),
        new ImportFiles(
            new JdbcImports(pool), importRoom, numbers, live, core.audit, making));
  }

  /** What files learn from calls. */
  static CallWords words(DataSource pool, Clock clock, Ids ids) {
    return new KeepFile(
        new JdbcIdentityStore(pool), new JdbcIncidents(pool), new EditCustomer.Making(clock, ids));
  }
}
