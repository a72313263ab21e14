using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Reports;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// What the vials of claims cost, by the receipts of their lots. A lot without a price, and a drug of another source,
/// has no cost here: none is guessed.
/// </summary>
sealed class DrugCostsOfClaims
{
    /// <param name="Cents">Null where a lot of the drug has no price.</param>
    sealed record Drawn(string Drug, decimal? Cents, decimal Wasted);

    ILookup<long, Drawn> drawn = null!;

    public static async Task<DrugCostsOfClaims> Load(PracticeDb db, IReadOnlyCollection<long> ids,
        CancellationToken stop)
    {
        var moved = await (from movement in db.Movements
            join lot in db.Lots on movement.LotId equals lot.Id
            where movement.ClaimId != null && ids.Contains(movement.ClaimId.Value)
                && (lot.Source == StockSource.Own || lot.Source == StockSource.Discount340B)
            select new { movement.ClaimId, movement.Kind, movement.Quantity, lot.Drug, lot.Holds, lot.Cost })
            .ToListAsync(stop);
        return new()
        {
            drawn = moved.GroupBy(static m => (Id: m.ClaimId!.Value, m.Drug)).Select(static g => (g.Key.Id,
                new Drawn(g.Key.Drug, g.Any(static m => m.Cost is null) ? null
                    : g.Sum(static m => CostOf(m.Quantity, m.Holds, m.Cost!.Value)),
                    g.Where(static m => m.Kind == MovementKind.Discarded && m.Cost is not null)
                        .Sum(static m => CostOf(m.Quantity, m.Holds, m.Cost!.Value)))))
                .ToLookup(static d => d.Id, static d => d.Item2),
        };
    }

    static decimal CostOf(long quantity, long holds, long cost) => holds == 0 ? 0 : -quantity * (decimal)cost / holds;

    /// <summary>A row for each drug on the judged lines of a claim.</summary>
    public List<DrugOutcome> Of(long claim, List<GradedLine> lines, CodeBook book)
    {
        var drugs = new List<DrugOutcome>();
        foreach (var of in lines.Where(l => IsDrug(l, book)).GroupBy(l => NameOf(l, book)))
        {
            var cost = drawn[claim].Where(d => d.Drug == of.Key).ToList();
            drugs.Add(new()
            {
                Drug = of.Key, Paid = of.Sum(static l => l.Answer.Paid.Cents),
                    Share = of.Sum(static l => l.Answer.PatientShare.Cents),
                Cost = cost.Count == 0 || cost.Exists(static d => d.Cents is null) ? null
                    : Money.Round(cost.Sum(static d => d.Cents!.Value) / 100).Cents,
                WasteCost = Money.Round(cost.Sum(static d => d.Wasted) / 100).Cents,
                WasteCharge = of.Where(static l => l.Slice.Modifiers.Has(Modifier.JW))
                    .Sum(static l => l.Answer.Charge.Cents),
            });
        }
        return drugs;
    }

    static bool IsDrug(in GradedLine line, CodeBook book) =>
        book.TryCode(line.Slice.Code, line.Served, out var row)
            && row.Groups.HasAny(Group.DrugCode | Group.VaccineProduct);

    static string NameOf(in GradedLine line, CodeBook book)
    {
        ref readonly var sent = ref line.Claim.Lines[line.Index];
        if (book.TryContainer(sent.Ndc, out var known, out _)) return book.Drugs[known].Name;
        return book.DrugsBilledAs(sent.Code) is [var only] ? book.Drugs[only].Name : sent.Code.ToString();
    }
}
