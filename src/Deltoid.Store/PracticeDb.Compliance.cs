using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

public abstract partial class PracticeDb
{
    /// <summary>Audits, lessons and what must be paid back.</summary>
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
    }
}
