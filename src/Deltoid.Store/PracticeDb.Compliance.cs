using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

public abstract partial class PracticeDb
{
    /// <summary>Audits, lessons, what must be paid back; policies, access and the people of the practice.</summary>
    static void ForCompliance(ModelBuilder builder)
    {
        builder.Entity<SampledClaim>(static claim =>
        {
            claim.HasIndex(static c => new { c.PracticeId, c.SampleId, c.Place }).IsUnique();
            claim.HasOne<AuditSample>().WithMany().HasForeignKey(static c => c.SampleId);
            claim.HasMany(static c => c.Lines).WithOne().HasForeignKey(static l => l.SampledClaimId);
        });
        builder.Entity<Lesson>().HasIndex(static l => new { l.PracticeId, l.Rule, l.Npi, l.LearnerId });
        builder.Entity<Overpayment>(static money =>
        {
            money.HasIndex(static o => new { o.PracticeId, o.Key }).IsUnique();
            money.HasIndex(static o => new { o.PracticeId, o.End, o.KnownOn });
        });
        builder.Entity<Policy>().HasIndex(static p => new { p.PracticeId, p.Name, p.Version }).IsUnique();
        builder.Entity<PolicyReading>().HasIndex(static r => new { r.PracticeId, r.PolicyId, r.ReaderId }).IsUnique();
        builder.Entity<AccessCheck>().HasIndex(static c => new { c.PracticeId, c.Quarter, c.OfId });
        builder.Entity<ExclusionMatch>().HasIndex(static m => new { m.PracticeId, m.Decision });
        builder.Entity<StaffBirth>().HasIndex(static b => new { b.PracticeId, b.Subject }).IsUnique();
        builder.Entity<Credential>().HasIndex(static c => new { c.PracticeId, c.Kind, c.Subject });
        builder.Entity<PreVisit>().HasIndex(static v => new { v.PracticeId, v.PatientId, v.Drug });
        builder.Entity<OutcomeValue>().HasIndex(static o => new { o.PracticeId, o.PatientId });
        builder.Entity<Benefit>().HasIndex(static b => new { b.PracticeId, b.CoverageId });
    }
}
