using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A drug, or a drug with one payer. Money in whole cents.</summary>
/// <param name="Known">Claims whose vials have a price; cost, and what was paid for them, are of these alone.</param>
/// <param name="Wasted">What was thrown away cost so much; <paramref name="NotBilled"/> of it was not billed.</param>
/// <param name="WasteCharge">What was charged for waste (JW).</param>
public sealed record DrugRow(string Drug, long? PayerId, string Payer, long Claims, long Paid, long Share, long Known,
    long KnownPaid, long Cost, long Wasted, long WasteCharge, long NotBilled)
{
    public long? Margin => Known == 0 ? null : KnownPaid - Cost;
}

/// <summary>What drugs bring in, what they cost by their receipts, and what is thrown away.</summary>
public static class DrugFigures
{
    /// <param name="from">Year and month of the first answer; 0: from the beginning.</param>
    public static async Task<List<DrugRow>> Load(PracticeDb db, int from, int thru, CancellationToken stop = default)
    {
        var names = await db.Payers.AsNoTracking().ToDictionaryAsync(static p => p.Id, static p => p.Name, stop);
        var rows = (await db.DrugOutcomes.Where(d => d.Month > 0 && d.Month >= from && d.Month <= thru)
            .GroupBy(static d => new { d.Drug, d.PayerId }).Select(static g => new
            {
                g.Key.Drug, g.Key.PayerId, Claims = g.LongCount(), Paid = g.Sum(static d => d.Paid),
                Share = g.Sum(static d => d.Share), Known = g.Sum(static d => d.Cost != null ? 1L : 0),
                KnownPaid = g.Sum(static d => d.Cost != null ? d.Paid : 0), Cost = g.Sum(static d => d.Cost ?? 0),
                Wasted = g.Sum(static d => d.WasteCost), WasteCharge = g.Sum(static d => d.WasteCharge),
                NotBilled = g.Sum(static d => d.WasteCharge == 0 ? d.WasteCost : 0),
            }).ToListAsync(stop)).ConvertAll(d => new DrugRow(d.Drug, d.PayerId, names.GetValueOrDefault(d.PayerId, ""),
                d.Claims, d.Paid, d.Share, d.Known, d.KnownPaid, d.Cost, d.Wasted, d.WasteCharge, d.NotBilled));
        return [.. rows.GroupBy(static r => r.Drug).OrderByDescending(static g => g.Sum(static r => r.Paid))
            .ThenBy(static g => g.Key, StringComparer.Ordinal).SelectMany(static g => g
                .OrderByDescending(static r => r.Paid).Prepend(Sum(g.Key, [.. g])))];
    }

    static DrugRow Sum(string drug, List<DrugRow> of) => new(drug, null, "", of.Sum(static r => r.Claims),
        of.Sum(static r => r.Paid), of.Sum(static r => r.Share), of.Sum(static r => r.Known),
        of.Sum(static r => r.KnownPaid), of.Sum(static r => r.Cost), of.Sum(static r => r.Wasted),
        of.Sum(static r => r.WasteCharge), of.Sum(static r => r.NotBilled));
}
