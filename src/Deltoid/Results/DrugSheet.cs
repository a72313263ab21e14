using System.Globalization;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// The page of a drug: its codes and units, what it is when it comes to giving it and who says so, what giving it is
/// billed as, its containers and limits.
/// </summary>
sealed class DrugSheet
{
    readonly FactSheet sheet;
    readonly CodeBook book;
    readonly Drug drug;
    readonly DateOnly day;

    DrugSheet(Drug drug, CodeBook book, DateOnly day)
    {
        (this.drug, this.book, this.day) = (drug, book, day);
        sheet = new("drug", drug.Name, drug.Group.Length > 0 ? $"({drug.Group})" : "");
    }

    public static FactSheet Of(Drug drug, CodeBook book, DateOnly day)
    {
        var page = new DrugSheet(drug, book, day);
        page.sheet.Add("brands", string.Join(", ", drug.Brands));
        page.AddClass();
        page.AddAdministration();
        page.AddCodes();
        page.AddContainers();
        page.AddLimits();
        return page.sheet;
    }

    void AddClass()
    {
        foreach (var row in drug.Classes)
        {
            var whom = row.Payers.Length > 0 ? $" for {row.Payers}" : "";
            var when = row.Dates.From is not null || row.Dates.Thru is not null ? $", {row.Dates}" : "";
            sheet.Add("is",
                $"{ArgNames.NameOf(row.Class)}{whom}"
                    + $"{(row.NeedsNeoplasm ? " with a cancer diagnosis" : "")}"
                    + $"{when}{Says(row.Source)}");
        }
        foreach (var rule in drug.Classes.ToArray().Select(static row => Uses.Shipped.RuleOf(row.Class)).Distinct())
            if (rule.Length > 0) RuleSheet.AddRule(sheet, rule);
        if (IsSelfAdministered())
            sheet.Add("Part B",
                "on the lists of self-administered drugs: Medicare pays neither the drug nor its injection");
    }

    /// <summary>Who says so, in brackets.</summary>
    string Says(byte source) =>
        source > 0 && source < book.Sources.Count
            ? $" [{(book.Sources[source].Short is { Length: > 0 } name ? name : book.Sources[source].Id)}]"
            : "";

    bool IsSelfAdministered()
    {
        if (drug.IsSelfAdministered) return true;
        foreach (var product in drug.Products)
            if (book.TryCode(product.Hcpcs, day, out var row) && row.Groups.Has(Group.SelfAdministered)) return true;
        return false;
    }

    /// <summary>
    /// What the coder bills for one dose in the office, route by route, so that this page never says another thing.
    /// </summary>
    void AddAdministration()
    {
        foreach (var route in drug.Vaccine is null ? drug.Routes.ToArray() : [Route.Im])
        {
            var (usual, medicare) = (Administration(route, PayerKind.Commercial),
                Administration(route, PayerKind.Medicare));
            var other = medicare.SequenceEqual(usual)
                ? ""
                : $"; for Medicare {(medicare.Count > 0 ? Labelled(medicare) : "nothing")}";
            sheet.Add("given",
                $"{Words.Routes[route].Replace('-', ' ')}: "
                    + $"{(usual.Count > 0 ? Labelled(usual) : "depends on what the chart says, such as site and time")}"
                    + $"{other}");
        }
    }

    string Labelled(List<Code> codes) =>
        string.Join(" + ",
                codes.Select(code =>
                    BookWords.Label(book, code) is { Length: > 0 } label ? $"{code} ({label})" : code.ToString()));

    /// <summary>The lines of a plain visit in the office that are not the drug's own.</summary>
    List<Code> Administration(Route route, PayerKind payer)
    {
        var encounter = new Encounter
        {
            ServiceDate = day, PlaceOfService = Code.Of("11"), Setting = Setting.Professional, PayerKind = payer,
            Supervision = Supervision.OnSite, Established = true,
        };
        encounter.Administrations.Add(new Administration
        {
            Drug = drug.Name, Route = route, Dose = Dose(), DoseCharted = true, Purpose = Purpose.Therapeutic,
            Source = DrugSource.Stock, Given = true,
            ChartedMinutes = route is Route.IvInfusion or Route.ScInfusion ? UsualInfusion : null,
        });
        var claim = Coder.Code(encounter, book, CodedVisit.PayerOf(encounter, book), null, new FindingList());
        var codes = new List<Code>();
        foreach (ref readonly var line in claim.Lines)
            if (!book.TryCode(line.Code, day, out var row) || row.Kind == CodeKind.Procedure) codes.Add(line.Code);
        return codes;
    }

    const int UsualInfusion = 60;

    /// <summary>One billing unit of the first code; none where the code has none.</summary>
    Amount Dose()
    {
        foreach (var product in drug.Products)
            if (book.TryUnit(product.Hcpcs, day, out var unit)) return unit.Unit;
        return default;
    }

    void AddCodes()
    {
        sheet.Begin("Codes");
        if (drug.Products.Count == 0 && drug.Vaccine is { } named) AddFamily(named.Family);
        var shown = new HashSet<Code>();
        foreach (var inForce in (ReadOnlySpan<bool>)[true, false])
            // the code that holds without a brand first
            foreach (var product in drug.Products.ToArray().OrderBy(static product => product.Brand.Length > 0))
            {
                if (book.TryCode(product.Hcpcs, day, out _) != inForce || !shown.Add(product.Hcpcs)) continue;
                sheet.Add("",
                    inForce
                        ? $"{product.Hcpcs}: {BookWords.Label(book, product.Hcpcs)}"
                            + $"{Unit(product.Hcpcs)}{For(product)}{Limit(product.Hcpcs)}"
                        : Ended(product.Hcpcs));
            }
    }

    /// <summary>The products in force of a family of vaccines that is named as a whole.</summary>
    void AddFamily(string family)
    {
        foreach (var each in book.Drugs)
            if (each.Vaccine is { Code.IsNone: false } vaccine && vaccine.Family == family
                && book.TryCode(vaccine.Code, day, out _))
                sheet.Add("", $"{vaccine.Code}: {BookWords.Label(book, vaccine.Code)}");
    }

    string Unit(Code code) =>
        !book.TryUnit(code, day, out var unit) ? ""
            : unit.IsPerDose ? "; one unit is one dose"
            : $"; one unit is {(unit.UpTo ? "up to " : "")}{unit.Unit}";

    static string For(ProductRow product) =>
        (product.Brand.Length > 0 ? $"; {product.Brand.Replace("|", ", ", StringComparison.Ordinal)}" : "")
            + (product.Payers.Length > 0 ? $"; for {product.Payers}" : "")
            + (product.Routes.Length > 0 ? $"; {product.Routes}" : "");

    string Limit(Code code) =>
        book.TryUnitLimit(book.Id(code), day, outpatient: false, out var row)
            ? string.Create(CultureInfo.InvariantCulture, $"; at most {row.Limit} a day (MAI {row.Mai})")
            : "";

    string Ended(Code code) =>
        book.Codes[book.Id(code)] is [.., var last] && last.Dates.Thru is { } thru
            ? string.Create(CultureInfo.InvariantCulture, $"{code}: ended {thru:yyyy-MM-dd}")
            : $"{code}: not in force on this day";

    void AddContainers()
    {
        sheet.Begin("Containers that are known");
        foreach (var vial in drug.Vials)
        {
            var strength = vial.Strength.IsNone
                ? ""
                : $", {vial.Strength}{(vial.StrengthPer.IsNone ? "" : $"/{vial.StrengthPer}")}";
            sheet.Add("",
                $"{(vial.Ndc.IsNone ? "no NDC" : "NDC " + vial.Ndc)}{strength}"
                    + $"{(vial.Content.IsNone ? "" : $", holds {vial.Content}")}"
                    + $"{(vial.Container == ContainerKind.None ? "" : $", {Words.Containers[vial.Container]}")}"
                    + $"{Says(vial.Source)}");
        }
    }

    void AddLimits()
    {
        sheet.Begin("Dose and diagnoses");
        foreach (var row in drug.Doses) sheet.Add("", DoseWords(row) + Says(row.Source));
        Add("supports it", supports: true);
        Add("is not enough alone", supports: false);
    }

    static string DoseWords(DoseRow row)
    {
        var words = new List<string>();
        if (row.Brand.Length > 0) words.Add(row.Brand);
        if (row.Route != Route.None) words.Add(Words.Routes[row.Route].Replace('-', ' '));
        if (row.AgeFrom > 0) words.Add(string.Create(CultureInfo.InvariantCulture, $"from age {row.AgeFrom}"));
        if (!row.MaxSingle.IsNone) words.Add($"at most {row.MaxSingle} in one dose");
        if (!row.Usual.From.IsNone)
            words.Add(row.Usual.From == row.Usual.Thru ? $"usually {row.Usual.From}"
                : $"usually {row.Usual.From} to {row.Usual.Thru} in one dose");
        if (row.MinIntervalDays > 0)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"next dose after {row.MinIntervalDays} days"));
        if (row.RoutesOnly.Length > 0) words.Add($"labeled only for: {row.RoutesOnly}");
        return string.Join(", ", words);
    }

    void Add(string name, bool supports)
    {
        var codes = new List<string>();
        foreach (var row in drug.Policies)
            if (row.Supports == supports && row.Dates.Contains(day)) codes.Add(row.Diagnosis);
        sheet.Add(name, string.Join(" ", codes));
    }
}
