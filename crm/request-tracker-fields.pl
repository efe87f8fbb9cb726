# What Cordboard needs in Request Tracker 5. Load it once:
#   rt-setup-database-5 --action insert --datafile request-tracker-fields.pl
our @Queues = ({ Name => 'Calls', Description => 'Calls, kept by Cordboard' });

our @CustomFields = (
    {
        Name       => 'Cordboard id',
        Type       => 'FreeformSingle',
        LookupType => 'RT::Queue-RT::Ticket',
        ApplyTo    => 0,
    },
    {
        Name       => 'Cordboard id',
        Type       => 'FreeformSingle',
        LookupType => 'RT::User',
        ApplyTo    => 0,
    },
    {
        Name       => 'Phone',
        Type       => 'FreeformMultiple',
        LookupType => 'RT::User',
        ApplyTo    => 0,
    },
);

1;
