using Deltoid.Store.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Deltoid.Store;

/// <summary>
/// Everything that practices keep: one model for SQLite and PostgreSQL. One for a request; it belongs to one thread.
/// </summary>
public abstract partial class PracticeDb : IdentityUserContext<Person, long>
{
    readonly DbContextOptions options;

    protected PracticeDb(DbContextOptions options) : base(options)
    {
        this.options = options;
        // a change is whole or not at all; SQLite would look through all that a savepoint keeps at each statement
        Database.AutoSavepointsEnabled = false;
    }

    /// <summary>The practice whose rows are seen and written; 0 sees none.</summary>
    public long PracticeId { get; set; }

    /// <summary>The person who acts; null for the program itself.</summary>
    public long? PersonId { get; set; }

    /// <summary>
    /// Of these locations alone visits and claims are seen; empty: of the whole practice. Patients and stock belong to
    /// all locations.
    /// </summary>
    public IReadOnlyList<long> LocationIds { get; set; } = [];

    /// <summary>The filter by <see cref="LocationIds"/>; what is asked of a patient's whole past goes without it.</summary>
    public const string OfLocation = "location";

    bool IsEverywhere => LocationIds.Count == 0;

    public DbSet<Practice> Practices => Set<Practice>();
    public DbSet<Location> Locations => Set<Location>();
    public DbSet<Fee> Fees => Set<Fee>();
    public DbSet<Provider> Providers => Set<Provider>();
    public DbSet<Payer> Payers => Set<Payer>();
    public DbSet<Patient> Patients => Set<Patient>();
    public DbSet<Treatment> Treatments => Set<Treatment>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<StoredClaim> Claims => Set<StoredClaim>();
    public DbSet<ClaimVersion> ClaimVersions => Set<ClaimVersion>();
    public DbSet<StoredFile> Files => Set<StoredFile>();
    public DbSet<Remittance> Remittances => Set<Remittance>();
    public DbSet<HoldRule> HoldRules => Set<HoldRule>();
    public DbSet<HandMatch> HandMatches => Set<HandMatch>();
    public DbSet<Deposit> Deposits => Set<Deposit>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<Upload> Uploads => Set<Upload>();
    public DbSet<Chunk> Chunks => Set<Chunk>();
    public DbSet<ChunkResult> ChunkResults => Set<ChunkResult>();
    public DbSet<PaidClaim> PaidClaims => Set<PaidClaim>();
    public DbSet<LineNumber> LineNumbers => Set<LineNumber>();
    public DbSet<Posting> Postings => Set<Posting>();
    public DbSet<AuditEvent> Events => Set<AuditEvent>();
    public DbSet<Lot> Lots => Set<Lot>();
    public DbSet<Movement> Movements => Set<Movement>();
    public DbSet<Shot> Shots => Set<Shot>();
    public DbSet<VisitVersion> VisitVersions => Set<VisitVersion>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<StandingOrder> StandingOrders => Set<StandingOrder>();
    public DbSet<Override> Overrides => Set<Override>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<WorkTask> Tasks => Set<WorkTask>();
    public DbSet<Ending> Endings => Set<Ending>();
    public DbSet<WorkCount> WorkCounts => Set<WorkCount>();
    public DbSet<Appeal> Appeals => Set<Appeal>();
    public DbSet<RecordedFact> RecordedFacts => Set<RecordedFact>();
    public DbSet<ClaimOutcome> ClaimOutcomes => Set<ClaimOutcome>();
    public DbSet<OutcomeSum> OutcomeSums => Set<OutcomeSum>();
    public DbSet<RefusedLine> RefusedLines => Set<RefusedLine>();
    public DbSet<DrugOutcome> DrugOutcomes => Set<DrugOutcome>();
    public DbSet<OutcomeMark> OutcomeMarks => Set<OutcomeMark>();
    public DbSet<ClosedMonth> ClosedMonths => Set<ClosedMonth>();
    public DbSet<PracticeRule> PracticeRules => Set<PracticeRule>();
    public DbSet<MonthReport> MonthReports => Set<MonthReport>();
    public DbSet<AuditSample> AuditSamples => Set<AuditSample>();
    public DbSet<SampledClaim> SampledClaims => Set<SampledClaim>();
    public DbSet<SampledLine> SampledLines => Set<SampledLine>();
    public DbSet<Lesson> Lessons => Set<Lesson>();
    public DbSet<Overpayment> Overpayments => Set<Overpayment>();
    public DbSet<Policy> Policies => Set<Policy>();
    public DbSet<PolicyReading> PolicyReadings => Set<PolicyReading>();
    public DbSet<AccessCheck> AccessChecks => Set<AccessCheck>();
    public DbSet<ExclusionCheck> ExclusionChecks => Set<ExclusionCheck>();
    public DbSet<ExclusionMatch> ExclusionMatches => Set<ExclusionMatch>();
    public DbSet<StaffBirth> StaffBirths => Set<StaffBirth>();
    public DbSet<Credential> Credentials => Set<Credential>();
    public DbSet<PreVisit> PreVisits => Set<PreVisit>();
    public DbSet<OutcomeField> OutcomeFields => Set<OutcomeField>();
    public DbSet<OutcomeValue> OutcomeValues => Set<OutcomeValue>();
    public DbSet<Benefit> Benefits => Set<Benefit>();
    public DbSet<ApiClient> ApiClients => Set<ApiClient>();
    public DbSet<KeptAnswer> KeptAnswers => Set<KeptAnswer>();
    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<Clearinghouse> Clearinghouses => Set<Clearinghouse>();
    public DbSet<Transmission> Transmissions => Set<Transmission>();
    public DbSet<ChartSystem> ChartSystems => Set<ChartSystem>();
    public DbSet<SmartLaunch> SmartLaunches => Set<SmartLaunch>();
    public DbSet<CardAnswer> CardAnswers => Set<CardAnswer>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // PostgreSQL takes instants in UTC only; SQLite forgets that they are
        configurationBuilder.Properties<DateTime>().HaveConversion<Utc>();
    }

    sealed class Utc() : ValueConverter<DateTime, DateTime>(
        static at => at.ToUniversalTime(), static at => DateTime.SpecifyKind(at, DateTimeKind.Utc));

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Practice>().ComplexProperty(static p => p.Address);
        builder.Entity<Patient>().ComplexProperty(static p => p.Address);
        builder.Entity<Patient>().HasIndex(static p => new { p.PracticeId, p.Family, p.Given });
        builder.Entity<Coverage>().HasOne<Patient>().WithMany(static p => p.Coverages)
            .HasForeignKey(static c => c.PatientId);
        builder.Entity<Coverage>().HasIndex(static c => new { c.PracticeId, c.PayerId, c.MemberId });
        builder.Entity<StoredClaim>(static claim =>
        {
            claim.HasIndex(static c => new { c.PracticeId, c.Number }).IsUnique();
            claim.HasIndex(static c => new { c.PracticeId, c.ServiceDate });
            claim.HasIndex(static c => new { c.PracticeId, c.MemberId });
            claim.HasIndex(static c => new { c.PracticeId, c.Reference }).HasFilter("\"Reference\" <> ''");
            claim.HasIndex(static c => new { c.PracticeId, c.FirstDay }).HasFilter("\"FirstDay\" IS NOT NULL");
            claim.Property(static c => c.Version).IsConcurrencyToken();
            claim.HasOne<Visit>().WithMany().HasForeignKey(static c => c.VisitId);
            claim.HasIndex(static c => c.VisitId).HasFilter("\"VisitId\" IS NOT NULL");
        });
        ForWorklists(builder.Entity<StoredClaim>());
        builder.Entity<WorkCount>().HasIndex(static w => new { w.PracticeId, w.Life, w.Cause, w.PayerId, w.OwnerId,
            w.IsAsleep, w.LocationId }).IsUnique();
        builder.Entity<Override>().HasIndex(static o => o.ClaimId);
        builder.Entity<Override>().HasIndex(static o => new { o.PracticeId, o.Until }).HasFilter("\"EndedAt\" IS NULL");
        builder.Entity<SavedView>().HasIndex(static v => new { v.PracticeId, v.PersonId, v.Name }).IsUnique();
        builder.Entity<WorkTask>().HasIndex(static t => new { t.PracticeId, t.Due, t.Id })
            .HasFilter("\"DoneAt\" IS NULL");
        builder.Entity<Ending>(static ending =>
        {
            ending.HasIndex(static e => new { e.PracticeId, e.Subject, e.Due }).IsUnique();
            ending.HasIndex(static e => new { e.PracticeId, e.Due }).HasFilter("\"DoneAt\" IS NULL");
        });
        ForFiles(builder);
        ForBooks(builder);
        ForReports(builder);
        ForCompliance(builder);
        ForPrograms(builder);
        ForChartSystems(builder);
        // before anybody has signed in, the practice is not known: people are found by their names
        builder.Entity<Person>().HasQueryFilter(p => PracticeId == 0 || p.PracticeId == PracticeId)
            .HasOne<Practice>().WithMany().HasForeignKey(static p => p.PracticeId);
        foreach (var type in builder.Model.GetEntityTypes().Where(static t => t.ClrType.IsAssignableTo(typeof(Row))))
            GetType().GetMethod(nameof(Guard), System.Reflection.BindingFlags.Instance
                | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.FlattenHierarchy)!
                .MakeGenericMethod(type.ClrType).Invoke(this, [builder]);
        ForLocations(builder);
    }

    /// <summary>A person of some locations sees no visit and no claim of another one.</summary>
    void ForLocations(ModelBuilder builder)
    {
        builder.Entity<Location>().HasQueryFilter(OfLocation, l => IsEverywhere || LocationIds.Contains(l.Id));
        builder.Entity<Visit>().HasQueryFilter(OfLocation, v => IsEverywhere || LocationIds.Contains(v.LocationId));
        builder.Entity<StoredClaim>().HasQueryFilter(OfLocation,
            c => IsEverywhere || LocationIds.Contains(c.LocationId ?? 0));
        builder.Entity<WorkCount>().HasQueryFilter(OfLocation, w => IsEverywhere || LocationIds.Contains(w.LocationId));
        builder.Entity<WorkTask>().HasQueryFilter(OfLocation,
            t => IsEverywhere || LocationIds.Contains(t.Claim.LocationId ?? 0));
    }

    /// <summary>Files that come and leave, the jobs that take them, and what payments are known by.</summary>
    static void ForFiles(ModelBuilder builder)
    {
        builder.Entity<Location>().Property(static l => l.Setting).HasDefaultValue("professional");
        builder.Entity<Fee>().HasIndex(static f => new { f.PracticeId, f.Code }).IsUnique();
        builder.Entity<ClaimVersion>().HasIndex(static v => new { v.PracticeId, v.ClaimId, v.Version }).IsUnique();
        builder.Entity<ClaimVersion>().HasIndex(static v => new { v.PracticeId, v.Id });
        builder.Entity<ClaimVersion>().HasIndex(static v => new { v.PracticeId, v.FileId, v.ClaimId })
            .HasFilter("\"FileId\" IS NOT NULL");
        builder.Entity<StoredFile>().HasIndex(static f => new { f.PracticeId, f.IsOutgoing, f.Digest }).IsUnique();
        builder.Entity<StoredFile>().HasIndex(static f => new { f.PracticeId, f.Control });
        builder.Entity<Remittance>(static remittance =>
        {
            remittance.HasIndex(static r => new { r.PracticeId, r.Key }).IsUnique()
                .HasFilter($"\"State\" = {(int)RemittanceState.Posted}");
            remittance.HasIndex(static r => new { r.PracticeId, r.TraceKey });
            remittance.HasIndex(static r => new { r.PracticeId, r.PayerKey }).HasFilter("\"Carries\"");
            remittance.HasIndex(static r => new { r.PracticeId, r.FileId });
            remittance.HasIndex(static r => new { r.PracticeId, r.State, r.Id });
        });
        builder.Entity<HoldRule>().HasIndex(static h => new { h.PracticeId, h.PayerName, h.Reason }).IsUnique();
        builder.Entity<HandMatch>().HasIndex(static h => new { h.PracticeId, h.FileId, h.Number }).IsUnique();
        builder.Entity<Deposit>().HasIndex(static d => new { d.PracticeId, d.Day, d.Amount, d.Text }).IsUnique();
        builder.Entity<Deposit>().HasIndex(static d => new { d.PracticeId, d.RemittanceId });
        builder.Entity<Job>().HasIndex(static j => new { j.PracticeId, j.Key }).IsUnique();
        builder.Entity<Job>().HasIndex(static j => j.State);
        builder.Entity<Upload>().HasIndex(static u => u.JobId).IsUnique();
        builder.Entity<Upload>().HasOne<Job>().WithMany().HasForeignKey(static u => u.JobId);
        builder.Entity<Job>().Property(static j => j.Book).HasDefaultValue("");
        builder.Entity<Chunk>().HasIndex(static c => new { c.PracticeId, c.JobId, c.Number }).IsUnique();
        builder.Entity<Chunk>().HasOne<Job>().WithMany().HasForeignKey(static c => c.JobId);
        builder.Entity<ChunkResult>().HasIndex(static r => new { r.PracticeId, r.JobId, r.Number }).IsUnique();
        builder.Entity<ChunkResult>().HasOne<Job>().WithMany().HasForeignKey(static r => r.JobId);
        builder.Entity<PaidClaim>(static paid =>
        {
            paid.HasIndex(static p => new { p.PracticeId, p.Number });
            paid.HasIndex(static p => new { p.PracticeId, p.Control });
            paid.HasIndex(static p => new { p.PracticeId, p.Decision });
        });
        builder.Entity<LineNumber>(static line =>
        {
            line.HasIndex(static l => new { l.PracticeId, l.Control });
            line.HasIndex(static l => l.ClaimId);
            line.HasOne<StoredClaim>().WithMany().HasForeignKey(static l => l.ClaimId);
        });
    }

    /// <summary>The books, the trail, visits and stock, and what people have typed.</summary>
    static void ForBooks(ModelBuilder builder)
    {
        // each query names the practice first: SQLite, without statistics, takes the index that has most of what is asked
        builder.Entity<Posting>().HasIndex(static p => new { p.PracticeId, p.ClaimId });
        builder.Entity<Posting>().HasIndex(static p => new { p.PracticeId, p.FileId })
            .HasFilter("\"FileId\" IS NOT NULL AND \"Kind\" <> 'charge'");
        builder.Entity<AuditEvent>().HasIndex(static e => new { e.PracticeId, e.Number }).IsUnique();
        builder.Entity<AuditEvent>().HasIndex(static e => new { e.PracticeId, e.Subject, e.Number });
        builder.Entity<AuditEvent>().HasIndex(static e => new { e.PracticeId, e.PersonId, e.At });
        builder.Entity<Visit>().HasIndex(static v => new { v.PracticeId, v.Key }).IsUnique();
        builder.Entity<Visit>().HasIndex(static v => new { v.PracticeId, v.PatientId, v.ServiceDate });
        builder.Entity<VisitVersion>().HasIndex(static v => new { v.PracticeId, v.VisitId, v.Version }).IsUnique();
        builder.Entity<Lot>().HasIndex(static l => new { l.PracticeId, l.Ndc, l.Number });
        builder.Entity<Lot>().HasIndex(static l => new { l.PracticeId, l.Drug, l.Expires });
        builder.Entity<Movement>(static movement =>
        {
            movement.HasIndex(static m => new { m.LotId, m.Quantity });
            movement.HasIndex(static m => new { m.PracticeId, m.ClaimId });
            movement.HasOne<Lot>().WithMany().HasForeignKey(static m => m.LotId);
        });
        builder.Entity<Shot>(static shot =>
        {
            shot.HasIndex(static s => s.LotId);
            shot.HasIndex(static s => s.ClaimId);
            shot.HasIndex(static s => new { s.PatientId, s.Day });
            shot.HasIndex(static s => new { s.PracticeId, s.Day });
        });
        builder.Entity<Draft>().HasIndex(static d => new { d.PracticeId, d.PersonId, d.Form }).IsUnique();
        builder.Entity<Session>().HasIndex(static s => new { s.PracticeId, s.PersonId, s.EndedAt });
        builder.Entity<StandingOrder>().HasIndex(static o => new { o.PracticeId, o.PatientId, o.Drug });
        builder.Entity<Appeal>().HasIndex(static a => new { a.PracticeId, a.ClaimId, a.Level }).IsUnique();
        builder.Entity<Appeal>().HasIndex(static a => new { a.PracticeId, a.Outcome, a.Due });
        builder.Entity<RecordedFact>().HasIndex(static f => new { f.PracticeId, f.ClaimId });
        builder.Entity<RecordedFact>().HasOne<StoredClaim>().WithMany().HasForeignKey(static f => f.ClaimId);
    }

    /// <summary>What reports sum, each from one index that has all it asks for.</summary>
    static void ForReports(ModelBuilder builder)
    {
        builder.Entity<ClaimOutcome>(static outcome =>
        {
            outcome.HasIndex(static o => new { o.PracticeId, o.ClaimId }).IsUnique();
            // lists are read in their order; what else may be asked of them is beside it
            outcome.HasIndex(static o => new { o.PracticeId, o.Refused, o.Charge, o.ClaimId, o.Month, o.ServiceMonth,
                o.PayerId, o.Marks, o.Cause, o.ServiceDate, o.Open }, "IX_ClaimOutcomes_listed")
                .IsDescending(false, true, true, false, false, false, false, false, false, false, false);
            outcome.HasIndex(static o => new { o.PracticeId, o.ServiceDate, o.Charge });
            outcome.HasIndex(static o => new { o.PracticeId, o.ServiceDate, o.Open, o.Charge, o.Refused, o.Received,
                o.PayerId, o.Cause, o.Marks }, "IX_ClaimOutcomes_open").HasFilter("\"Open\" > 0");
            outcome.HasIndex(static o => new { o.PracticeId, o.CreditSince })
                .HasFilter("\"CreditSince\" IS NOT NULL");
        });
        builder.Entity<RefusedLine>().HasIndex(static r => new { r.PracticeId, r.Month, r.PayerId, r.Reason, r.Code,
            r.Cents });
        builder.Entity<RefusedLine>().HasIndex(static r => new { r.PracticeId, r.ClaimId, r.Reason });
        builder.Entity<RefusedLine>().HasIndex(static r => new { r.PracticeId, r.Reason, r.ClaimId });
        builder.Entity<OutcomeSum>().HasIndex(static s => new { s.PracticeId, s.Month, s.ServiceMonth, s.PayerId,
            s.Marks, s.Cause }).IsUnique();
        builder.Entity<DrugOutcome>(static drug =>
        {
            drug.HasIndex(static d => new { d.PracticeId, d.Drug, d.Refused, d.Charge, d.ClaimId, d.Month,
                d.ServiceMonth,
                d.PayerId, d.Marks, d.Cause, d.Open, d.Received }, "IX_DrugOutcomes_listed")
                .IsDescending(false, false, true, true, false, false, false, false, false, false, false, false);
            drug.HasIndex(static d => new { d.PracticeId, d.Drug, d.PayerId, d.Month, d.Paid, d.Share, d.Cost,
                d.WasteCost, d.WasteCharge }, "IX_DrugOutcomes_summed");
            drug.HasIndex(static d => new { d.PracticeId, d.ClaimId });
        });
        builder.Entity<OutcomeMark>().HasIndex(static m => m.PracticeId).IsUnique();
        builder.Entity<ClosedMonth>().HasIndex(static m => new { m.PracticeId, m.Month }).IsUnique()
            .HasFilter("\"OpenedAt\" IS NULL");
        builder.Entity<PracticeRule>().HasIndex(static r => new { r.PracticeId, r.Number, r.Version }).IsUnique();
        builder.Entity<MonthReport>().HasIndex(static r => new { r.PracticeId, r.Month }).IsUnique();
    }

    /// <summary>Programs of others, and what they were answered.</summary>
    static void ForPrograms(ModelBuilder builder)
    {
        builder.Entity<Person>().Property(static p => p.IsProgram).HasDefaultValue(false);
        builder.Entity<ApiClient>().HasIndex(static c => new { c.PracticeId, c.ClientId }).IsUnique();
        builder.Entity<KeptAnswer>().HasIndex(static a => new { a.PracticeId, a.PersonId, a.Key }).IsUnique();
        builder.Entity<WebhookDelivery>(static message =>
        {
            message.HasIndex(static d => new { d.PracticeId, d.EndpointId, d.EventNumber }).IsUnique();
            message.HasIndex(static d => new { d.PracticeId, d.State, d.NextAt });
            message.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(static d => d.EndpointId);
        });
        builder.Entity<Clearinghouse>().HasIndex(static c => c.PracticeId).IsUnique();
        builder.Entity<Transmission>(static transmission =>
        {
            transmission.HasIndex(static t => new { t.PracticeId, t.FileId }).IsUnique();
            transmission.HasIndex(static t => new { t.PracticeId, t.State, t.NextAt });
            transmission.HasOne<StoredFile>().WithMany().HasForeignKey(static t => t.FileId);
        });
        // what has changed since a moment
        builder.Entity<ClaimVersion>().HasIndex(static v => new { v.PracticeId, v.At, v.ClaimId });
    }

    /// <summary>Chart systems that open the chart page, and what became of the cards that they were given.</summary>
    static void ForChartSystems(ModelBuilder builder)
    {
        builder.Entity<ChartSystem>().HasIndex(static s => new { s.PracticeId, s.Address }).IsUnique();
        builder.Entity<SmartLaunch>().HasIndex(static l => new { l.PracticeId, l.StateHash }).IsUnique();
        builder.Entity<CardAnswer>().HasIndex(static a => new { a.PracticeId, a.Card }).IsUnique();
        builder.Entity<CardAnswer>().HasIndex(static a => new { a.PracticeId, a.At });
    }

    /// <summary>
    /// Each list is read in its order from one index, which also holds what else may be asked of it. What is closed or
    /// snoozed is not in most of them.
    /// </summary>
    static void ForWorklists(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<StoredClaim> claim)
    {
        const string Open = "\"Life\" <> 7 AND \"SnoozedUntil\" IS NULL";
        claim.HasIndex(static c => new { c.PracticeId, c.Rank, c.Id, c.Life, c.Cause, c.PayerId, c.OwnerId })
            .IsDescending(false, true, false, false, false, false, false).HasFilter(Open);
        claim.HasIndex(static c => new { c.PracticeId, c.Cause, c.Rank, c.Id, c.Life, c.PayerId, c.OwnerId })
            .IsDescending(false, false, true, false, false, false, false).HasFilter(Open);
        claim.HasIndex(static c => new { c.PracticeId, c.PayerId, c.Rank, c.Id, c.Life, c.Cause, c.OwnerId })
            .IsDescending(false, false, true, false, false, false, false).HasFilter(Open);
        // half of all claims are nobody's: their list is read from the first index
        claim.HasIndex(static c => new { c.PracticeId, c.OwnerId, c.Rank, c.Id, c.Life, c.Cause, c.PayerId })
            .IsDescending(false, false, true, false, false, false, false)
            .HasFilter(Open + " AND \"OwnerId\" IS NOT NULL");
        claim.HasIndex(static c => new { c.PracticeId, c.Life, c.Rank, c.Id, c.Cause, c.PayerId, c.OwnerId,
            c.SnoozedUntil }).IsDescending(false, false, true, false, false, false, false, false);
        claim.HasIndex(static c => new { c.PracticeId, c.Rank, c.Id, c.Life, c.Cause, c.PayerId, c.OwnerId,
            c.SnoozedUntil }).IsDescending(false, true, false, false, false, false, false, false)
            .HasFilter("\"SnoozedUntil\" IS NOT NULL");
        claim.HasIndex(static c => new { c.PracticeId, c.SnoozedUntil }).HasFilter("\"SnoozedUntil\" IS NOT NULL");
        claim.HasIndex(static c => new { c.PracticeId, c.Cause, c.FileBy, c.Life, c.PayerId, c.OwnerId })
            .HasFilter(Open + " AND \"FileBy\" IS NOT NULL");
    }

    /// <summary>Rows of other practices do not exist, for any query and any change.</summary>
    protected void Guard<T>(ModelBuilder builder) where T : Row
    {
        builder.Entity<T>().HasQueryFilter("practice", row => row.PracticeId == PracticeId)
            .HasOne<Practice>().WithMany().HasForeignKey(static row => row.PracticeId);
        // each UPDATE and DELETE names the practice, so that a number alone reaches nothing
        builder.Entity<T>().Property(static row => row.PracticeId).IsConcurrencyToken();
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        TrackNew();
        ChangeTracker.DetectChanges();
        Mark();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <summary>
    /// Also what is saved beside a <see cref="Change"/>, as accounts are, waits for its turn: it would ask again and
    /// again while jobs hand the database to each other.
    /// </summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default)
    {
        if (Database.CurrentTransaction is not null) return await Save(acceptAllChangesOnSuccess, cancellationToken);
        int saved;
        await using (await Turn(cancellationToken)) saved = await Save(acceptAllChangesOnSuccess, cancellationToken);
        await OnDisk();
        return saved;
    }

    async Task<int> Save(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        CheckEntries(NewPostings);
        if (Database.CurrentTransaction is null) TrackNew();
        else await WriteNew(cancellationToken);
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false; // else each look at the entries goes through all of them
        try
        {
            Mark();
            await Rewrite<StoredClaim>(cancellationToken);
            await WriteNumber(cancellationToken);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>Changed rows that are many are written together too.</summary>
    async Task Rewrite<T>(CancellationToken stop) where T : Row
    {
        if (Database.CurrentTransaction is null) return;
        var changed = ChangeTracker.Entries<T>().Where(static e => e.State == EntityState.Modified).ToList();
        if (changed.Count < Many) return;
        await new BulkRows<T>(this, hasOwnIds: true).Rewrite(changed, stop);
        foreach (var entry in changed)
        {
            entry.OriginalValues.SetValues(entry.CurrentValues);
            entry.State = EntityState.Unchanged;
        }
    }

    const int Many = 200;

    /// <summary>New rows are of the practice that acts; a row of another is never written.</summary>
    void Mark()
    {
        CheckEntries(ChangeTracker.Entries<Posting>().Where(static p => p.State == EntityState.Added)
            .Select(static p => p.Entity));
        foreach (var entry in ChangeTracker.Entries<Row>())
        {
            if (entry.State == EntityState.Added && entry.Entity.PracticeId == 0) entry.Entity.PracticeId = PracticeId;
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                && entry.Entity.PracticeId != PracticeId)
                throw new InvalidOperationException("a row of another practice would be written");
            hasChangedSetUp |= entry.State != EntityState.Unchanged && IsSetUp(entry.Entity);
            if (entry.State is EntityState.Modified or EntityState.Deleted && entry.Entity is WrittenOnce)
                throw new InvalidOperationException("a row that is written once would be changed");
            if (entry is not { State: EntityState.Modified, Entity: StoredClaim claim }
                || !entry.Property(nameof(StoredClaim.Life)).IsModified)
                continue;
            // by the entry: what has changed was looked for before
            entry.Property(nameof(StoredClaim.Rank)).CurrentValue = Ranking.Of(claim);
            if (!claim.IsSnoozedForNews) continue;
            entry.Property(nameof(StoredClaim.SnoozedUntil)).CurrentValue = null;
            entry.Property(nameof(StoredClaim.IsSnoozedForNews)).CurrentValue = false;
        }
    }
}
