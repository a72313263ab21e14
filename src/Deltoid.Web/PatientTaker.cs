using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>
/// Patients with their plans. A patient is known again by payer and member number, where name or birth date agrees as
/// well (a family may share a number), else by name and birth date.
/// </summary>
sealed class PatientTaker : ImportTaker
{
    readonly ImportRun run;
    readonly Dictionary<string, Payer> payers;
    readonly SettingKind coverages;
    readonly List<Payer> all;
    readonly Dictionary<(long Payer, string Member), List<Patient>> byMember = [];
    readonly Dictionary<string, Patient> byName = [];
    readonly HashSet<Patient> created = [], changed = [];

    PatientTaker(ImportRun run, List<Payer> payers, List<Patient> patients)
    {
        (this.run, all) = (run, payers);
        this.payers = payers.SelectMany(static p => new[] { (p.Number, p), (p.Name, p) })
            .GroupBy(static p => p.Item1.ToUpperInvariant())
            .ToDictionary(static g => g.Key, static g => g.First().p);
        coverages = Settings.Coverages(0, payers);
        foreach (var patient in patients) Know(patient);
    }

    public static async Task<ImportTaker> Begin(ImportRun run) => new PatientTaker(run,
        await run.Db.Payers.OrderBy(static p => p.Id).ToListAsync(),
        await run.Db.Patients.Include(static p => p.Coverages).OrderBy(static p => p.Id).ToListAsync());

    void Know(Patient patient)
    {
        byName.TryAdd(NameOf(patient), patient);
        foreach (var coverage in patient.Coverages)
        {
            var key = (coverage.PayerId, coverage.MemberId.ToUpperInvariant());
            if (!byMember.TryGetValue(key, out var all)) byMember[key] = all = [];
            if (!all.Contains(patient)) all.Add(patient);
        }
    }

    static string NameOf(Patient patient) =>
        $"{patient.Family}|{patient.Given}|{patient.BirthDate.DayNumber}".ToUpperInvariant();

    public override Task<ImportOutcome> Take(Dictionary<string, string> cells, Dictionary<string, string> faults) =>
        Task.FromResult(TakeRow(cells, faults));

    ImportOutcome TakeRow(Dictionary<string, string> cells, Dictionary<string, string> faults)
    {
        Payer? payer = null;
        if (cells.GetValueOrDefault("Payer", "") is { Length: > 0 } named
            && !payers.TryGetValue(named.ToUpperInvariant(), out payer))
            faults["Payer"] = T("No payer has this name or id: add it under Payers first.");
        var member = cells.GetValueOrDefault("MemberId", "");
        if (payer is not null && member.Length == 0) faults["MemberId"] = T("This is missing.");
        if (payer is null && member.Length > 0 && !faults.ContainsKey("Payer")) faults["Payer"] = T("This is missing.");
        Try(Settings.Patients, cells, isNew: true, faults);
        if (payer is not null && faults.Count == 0) Try(coverages, WithPayer(cells, payer), isNew: true, faults);
        if (faults.Count > 0) return ImportOutcome.Failed;

        var typed = (Patient)Settings.Patients.Make();
        Fill(Settings.Patients, typed, cells);
        if (!IsWhole(run, typed, all, faults) || !IsPlanWhole(cells, payer, member, faults))
            return ImportOutcome.Failed;
        Note(Settings.Patients, typed, cells);
        var patient = Known(typed, payer, member);
        var isNew = patient is null;
        patient ??= typed;
        var before = Texts(patient);
        if (isNew) run.Db.Add(patient);
        else Fill(Settings.Patients, patient, cells);
        if (payer is not null) Cover(patient, payer, member, cells);
        Know(patient);
        if (isNew)
        {
            created.Add(patient);
            return ImportOutcome.Created;
        }
        if (before == Texts(patient)) return ImportOutcome.Same;
        if (!created.Contains(patient)) changed.Add(patient);
        return ImportOutcome.Changed;
    }

    bool IsPlanWhole(Dictionary<string, string> cells, Payer? payer, string member, Dictionary<string, string> faults)
    {
        if (payer is null) return true;
        var plan = new Coverage { PayerId = payer.Id, MemberId = member };
        Fill(coverages, plan, WithPayer(cells, payer));
        return IsWhole(run, plan, all, faults);
    }

    static Dictionary<string, string> WithPayer(Dictionary<string, string> cells, Payer payer) => new(cells)
    {
        ["PayerId"] = payer.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Rank"] = cells.GetValueOrDefault("Rank", "") is { Length: > 0 } rank ? rank : "1",
    };

    Patient? Known(Patient typed, Payer? payer, string member)
    {
        if (payer is not null && byMember.TryGetValue((payer.Id, member.ToUpperInvariant()), out var all)
            && all.Find(p => p.BirthDate == typed.BirthDate || IsNamedAlike(p, typed)) is { } known) return known;
        return byName.GetValueOrDefault(NameOf(typed));
    }

    static bool IsNamedAlike(Patient one, Patient other) =>
        one.Family.Equals(other.Family, StringComparison.OrdinalIgnoreCase)
        && one.Given.Equals(other.Given, StringComparison.OrdinalIgnoreCase);

    void Cover(Patient patient, Payer payer, string member, Dictionary<string, string> cells)
    {
        var coverage = patient.Coverages.Find(c => c.PayerId == payer.Id
            && c.MemberId.Equals(member, StringComparison.OrdinalIgnoreCase));
        if (coverage is null) patient.Coverages.Add(coverage = new() { PayerId = payer.Id, MemberId = member });
        Fill(coverages, coverage, cells.GetValueOrDefault("Rank", "").Length > 0 || coverage.Id > 0
            ? cells : WithPayer(cells, payer));
    }

    string Texts(Patient patient) => string.Join('\n', Settings.Patients.Fields.Select(f => f.Get(patient))
        .Concat(patient.Coverages.SelectMany(c => coverages.Fields.Select(f => f.Get(c)))));

    public override async Task End()
    {
        foreach (var patient in changed)
        {
            if (SettingSave.Changes(run.Db.Entry(patient)) is { Count: > 0 } changes)
                run.Db.Record(run.Now, "change", $"patient/{patient.Id}", "import", changes);
            foreach (var coverage in patient.Coverages.Where(static c => c.Id > 0))
                if (SettingSave.Changes(run.Db.Entry(coverage)) is { Count: > 0 } moved)
                    run.Db.Record(run.Now, "change", $"coverage/{coverage.Id}", "import", moved);
        }
        var covered = changed.Concat(created).SelectMany(static p => p.Coverages).Where(static c => c.Id == 0).ToList();
        await run.Db.SaveChangesAsync();
        foreach (var patient in created) Created(Settings.Patients, patient);
        foreach (var coverage in covered) Created(coverages, coverage);
    }

    void Created(SettingKind kind, Row row) => run.Db.Record(run.Now, "create", $"{kind.One}/{row.Id}", "import",
        kind.Fields.ToDictionary(static f => f.Name, f => new[] { null, f.Get(row) }));
}
