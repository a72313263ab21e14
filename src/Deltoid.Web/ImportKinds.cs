using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>What can be imported: the one table.</summary>
static class ImportKinds
{
    static readonly SettingKind NoCoverage = Settings.Coverages(0, []);

    public static IReadOnlyList<ImportKind> All { get; } =
    [
        new("patients", "Patients and their coverage", "payer and member number, else name and birth date",
        [
            .. Settings.Patients.Fields.Select(ImportColumn.Of),
            new("Payer", "Payer", "name or payer id", ["insurance", "insurance name", "payer name", "plan", "seguro"],
                IsRequired: false),
            .. NoCoverage.Fields.Where(static f => f.Name != "PayerId").Select(static f => ImportColumn.Of(f)
                with { IsRequired = false }),
        ]) { Begin = PatientTaker.Begin },
        OfKind("fees", "Fees", "code", Settings.Fees, "Code", static async db => [.. await db.Fees.ToListAsync()]),
        OfKind("providers", "Providers", "NPI", Without(Settings.Providers([]), "SupervisorId"), "Npi",
            static async db => [.. await db.Providers.ToListAsync()]),
        OfKind("treatments", "Treatments", "name", Settings.Treatments, "Name",
            static async db => [.. await db.Treatments.ToListAsync()]),
        new("stock", "Stock that was received", "receipt number, NDC and lot",
        [
            new("Receipt", "Receipt number", "invoice or delivery",
                ["receipt", "invoice", "invoice number", "delivery", "order number", "factura"], IsRequired: true),
            new("Ndc", "NDC", "00517-0031-25", ["ndc code", "ndc number", "ndc11"], IsRequired: true),
            new("Lot", "Lot", "XYZ2025", ["lot number", "lot no", "batch", "lote"], IsRequired: true),
            new("Expires", "Expires", "03/2027",
                ["expiry", "expiration", "expiration date", "exp", "exp date", "vence"], IsRequired: true),
            new("Containers", "How many came", "10", ["quantity", "qty", "vials", "units", "count", "cantidad"],
                IsRequired: true),
            new("Drug", "Drug", "of the code book, where the NDC is known", ["medication", "description", "item"],
                IsRequired: false),
            new("Holds", "One vial holds", "1000 mcg", ["size", "strength", "content"], IsRequired: false),
            new("Volume", "Volume", "1 mL", [], IsRequired: false),
            new("Container", "Kind of vial", "single-dose", ["vial type", "package"], IsRequired: false),
            new("Source", "Who paid for it", "Own", ["stock", "program"], IsRequired: false),
        ]) { Begin = static run => Task.FromResult<ImportTaker>(new StockTaker(run)) },
        new("deposits", "Deposits of the bank", "day, amount and the bank's text",
        [
            new("Day", "Day", "03/02/2026", ["date", "posting date", "posted", "fecha"], IsRequired: true)
                { IsDay = true },
            new("Amount", "Amount", "148.00", ["credit", "deposit", "importe"], IsRequired: true),
            new("Text", "The bank's text", "EFT 12345 TEST PLAN", ["description", "memo", "details", "reference"],
                IsRequired: false),
        ]) { Begin = static run => Task.FromResult<ImportTaker>(new DepositTaker(run)) },
    ];

    /// <summary>
    /// Deposits: one that is here is not taken again; each is matched with its payment. Equal rows of one file are as
    /// many deposits, and the same file brings the same ones.
    /// </summary>
    sealed class DepositTaker(ImportRun run) : ImportTaker
    {
        readonly Dictionary<(DateOnly, long, string), int> taken = [];
        readonly List<Deposit> created = [];

        public override async Task<ImportOutcome> Take(Dictionary<string, string> cells,
            Dictionary<string, string> faults)
        {
            if (!DateOnly.TryParseExact(cells.GetValueOrDefault("Day", ""), "yyyy-MM-dd", out var day))
                faults["Day"] = T("Write the day as 03/02/2026.");
            var typed = cells.GetValueOrDefault("Amount", "").Trim();
            var isOut = typed.StartsWith('-');
            if (!TypedNumber.TryRead(isOut ? typed[1..] : typed, out var dollars) || dollars * 100 % 1 != 0
                || dollars > int.MaxValue)
                faults["Amount"] = T("Write the amount as 148.00.");
            if (faults.Count > 0) return ImportOutcome.Failed;
            var cents = (long)(dollars * (isOut ? -100 : 100));
            var text = cells.GetValueOrDefault("Text", "");
            var nth = taken[(day, cents, text)] = taken.GetValueOrDefault((day, cents, text)) + 1;
            if (nth > 1) text += string.Create(CultureInfo.InvariantCulture, $" ({nth})");
            if (await run.Db.Deposits.AnyAsync(d => d.Day == day && d.Amount == cents && d.Text == text))
                return ImportOutcome.Same;
            var deposit = new Deposit { Day = day, Amount = cents, Text = text };
            created.Add(deposit);
            run.Db.Deposits.Add(deposit);
            return ImportOutcome.Created;
        }

        public override async Task End()
        {
            await run.Db.SaveChangesAsync();
            foreach (var deposit in created) run.Db.Record(run.Now, "create", $"deposit/{deposit.Id}", "import");
            await Deposits.Match(run.Db);
        }
    }

    static SettingKind Without(SettingKind kind, string field) =>
        kind with { Fields = [.. kind.Fields.Where(f => f.Name != field)] };

    static ImportKind OfKind(string name, string title, string known, SettingKind kind, string key,
        Func<PracticeDb, Task<List<Row>>> all) =>
        new(name, title, known, [.. kind.Fields.Select(ImportColumn.Of)])
        {
            Begin = async run => new RowTaker(run, kind, key, await all(run.Db)),
        };

    /// <summary>Rows that are known by one field.</summary>
    sealed class RowTaker(ImportRun run, SettingKind kind, string key, List<Row> all) : ImportTaker
    {
        readonly SettingField keyField = kind.Fields.First(f => f.Name == key);
        readonly List<Row> created = [], changed = [];
        Dictionary<string, Row>? known;

        public override Task<ImportOutcome> Take(Dictionary<string, string> cells, Dictionary<string, string> faults)
        {
            known ??= all.GroupBy(r => keyField.Get(r).ToUpperInvariant())
                .ToDictionary(static g => g.Key, static g => g.First());
            var of = cells.GetValueOrDefault(key, "").ToUpperInvariant();
            var isNew = !known.TryGetValue(of, out var row);
            Try(kind, cells, isNew, faults);
            if (faults.Count > 0) return Task.FromResult(ImportOutcome.Failed);
            if (!IsWhole(row, cells, faults)) return Task.FromResult(ImportOutcome.Failed);
            row ??= (Row)kind.Make();
            var before = isNew ? [] : Texts(row);
            Fill(kind, row, cells);
            Note(kind, row, cells);
            if (isNew)
            {
                run.Db.Add(row);
                created.Add(row);
                known[of] = row;
                return Task.FromResult(ImportOutcome.Created);
            }
            if (before.SequenceEqual(Texts(row))) return Task.FromResult(ImportOutcome.Same);
            if (!created.Contains(row) && !changed.Contains(row)) changed.Add(row);
            return Task.FromResult(ImportOutcome.Changed);
        }

        string[] Texts(Row row) => [.. kind.Fields.Select(f => f.Get(row))];

        /// <summary>Whether the row as a whole can be so, tried on a copy.</summary>
        bool IsWhole(Row? row, Dictionary<string, string> cells, Dictionary<string, string> faults)
        {
            var copy = kind.Make();
            if (copy is Treatment made && row is Treatment known) made.Administration = known.Administration;
            Fill(kind, copy, cells);
            return IsWhole(run, copy, [], faults);
        }

        public override async Task End()
        {
            foreach (var row in changed)
                run.Db.Record(run.Now, "change", $"{kind.One}/{row.Id}", "import",
                    SettingSave.Changes(run.Db.Entry(row)));
            await run.Db.SaveChangesAsync();
            foreach (var row in created)
                run.Db.Record(run.Now, "create", $"{kind.One}/{row.Id}", "import",
                    kind.Fields.ToDictionary(static f => f.Name, f => new[] { null, f.Get(row) }));
        }
    }

    /// <summary>Receipts: what was received under a number is not received again.</summary>
    sealed class StockTaker(ImportRun run) : ImportTaker
    {
        readonly HashSet<string> taken = [];

        public override async Task<ImportOutcome> Take(Dictionary<string, string> cells,
            Dictionary<string, string> faults)
        {
            string Cell(string name) => cells.GetValueOrDefault(name, "");
            foreach (var name in (ReadOnlySpan<string>)["Receipt", "Ndc", "Lot", "Expires", "Containers"])
                if (Cell(name).Length == 0) faults[name] = T("This is missing.");
            if (faults.Count > 0) return ImportOutcome.Failed;
            try
            {
                var (lot, count) = await StockRoutes.Received(run, new()
                {
                    Ndc = Cell("Ndc"), Drug = Cell("Drug"), Lot = Cell("Lot"), Expires = Cell("Expires"),
                    Container = Cell("Container"), Holds = Cell("Holds"), Volume = Cell("Volume"),
                    Source = Cell("Source").Length == 0 ? nameof(StockSource.Own) : Cell("Source"),
                    Containers = Cell("Containers"),
                });
                var why = "receipt " + Cell("Receipt");
                var isKnown = !taken.Add($"{why}|{lot.Ndc}|{lot.Number}") || await run.Db.Movements.AnyAsync(m =>
                    m.Kind == MovementKind.Received && m.Why == why
                    && run.Db.Lots.Any(l => l.Id == m.LotId && l.Ndc == lot.Ndc && l.Number == lot.Number));
                if (isKnown) return ImportOutcome.Same;
                await Stock.Take(run.Db, lot, count, run.Now, run.Today, why);
                return ImportOutcome.Created;
            }
            catch (InputException e)
            {
                faults[e.At] = $"{e.Message}. {e.Try}".Trim();
                return ImportOutcome.Failed;
            }
        }

        public override Task End() => run.Db.SaveChangesAsync();
    }
}
