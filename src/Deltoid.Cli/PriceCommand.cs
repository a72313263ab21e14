using System.CommandLine;
using System.Globalization;
using Deltoid.Claims;
using Deltoid.Pricing;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid price</c>: what Medicare allows for codes of one day and session, in a locality and place.
/// </summary>
static class PriceCommand
{
    public static Command Create(Terminal terminal)
    {
        var codes = new Argument<string[]>("CODE")
        {
            Description =
                "CPT or HCPCS codes, with modifiers after hyphens: J3420-JW; all are for one day and one session",
            Arity = ArgumentArity.OneOrMore
        };
        var date = new Option<DateOnly?>("--date")
        {
            Description = "The service date; if not given, today", HelpName = "2026-03-02",
            CustomParser = static result => ParseDate(result)
        };
        var locality = new Option<string>("--locality")
        {
            Description =
                "The payment locality by name or number (chicago, 06102-16); if not given, the national amount",
            DefaultValueFactory = static _ => "", HelpName = "LOCALITY"
        };
        var zip = new Option<string>("--zip")
        {
            Description = "The ZIP code of the place, to find its locality", DefaultValueFactory = static _ => "",
            HelpName = "60601"
        };
        var state = new Option<string>("--state")
        {
            Description = "The state, if two localities share a name", DefaultValueFactory = static _ => "",
            HelpName = "IL"
        };
        var pos = new Option<string>("--pos")
        {
            Description = "The place of service", DefaultValueFactory = static _ => "11", HelpName = "11"
        };
        var units = new Option<int>("--units") { Description = "Billed units", DefaultValueFactory = static _ => 1 };
        var qp = new Option<bool>("--qp") { Description = "Use the conversion factor of qualifying APM participants" };
        var nonParticipating = new Option<bool>("--non-participating")
        {
            Description = "For a practice that does not participate: also show its limiting charge"
        };
        var json = new Option<bool>("--json") { Description = "A JSON list" };
        var command = new Command("price", "Show what Medicare allows for a code")
        {
            codes, date, locality, zip, state, pos, units, qp, nonParticipating, json
        };
        command.SetAction(parse =>
        {
            if (!Code.TryParse(parse.GetValue(pos), out var place))
                return terminal.Refuse("--pos is a place of service such as 11");
            if (parse.GetValue(units) < 1) return terminal.Refuse("--units is 1 or more");
            var day = parse.GetValue(date) ?? terminal.Today;
            if (Lines(parse.GetValue(codes)!, day, parse.GetValue(units), out var lines) is { } wrong)
                return terminal.Refuse($"'{wrong}' is not a code; write 96372 or J3420-JW");
            var (named, zipped) = (parse.GetValue(locality)!, parse.GetValue(zip)!);
            if (named.Length > 0 && zipped.Length > 0)
                return terminal.Refuse("--zip finds the locality: give it or --locality, not both");
            var fault = zipped.Length > 0
                ? PriceSite.OfZip(terminal.Book, zipped, day, parse.GetValue(state)!, out var site)
                : PriceSite.Named(terminal.Book, named, parse.GetValue(state)!, day, out site);
            if (fault is not null) return terminal.Refuse(fault);
            if (site.Meaning(terminal.Book, named, day) is { Length: > 0 } meaning)
                terminal.Error.WriteLine("deltoid: " + meaning);
            if (parse.GetValue(date) is null)
                terminal.Error.WriteLine($"deltoid: prices of today, {day:yyyy-MM-dd}; --date names another day");
            return Write(terminal, lines, place,
                new(site.Locality, site.State, parse.GetValue(qp), !parse.GetValue(nonParticipating)), site.Note,
                parse.GetValue(json));
        });
        return command;
    }

    internal static DateOnly ParseDate(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (Days.TryRead(result.Tokens[0].Value, out var date)) return date;
        result.AddError($"{result.Argument.Name} is a day such as 2026-03-02");
        return default;
    }

    /// <summary>A line for each code, of one day; the first word that is no code, or null.</summary>
    static string? Lines(string[] codes, DateOnly day, int units, out ServiceLine[] lines)
    {
        lines = new ServiceLine[codes.Length];
        for (var i = 0; i < codes.Length; i++)
            if (!TryLine(codes[i], i + 1, day, units, out lines[i])) return codes[i];
        return null;
    }

    static bool TryLine(string text, int number, DateOnly date, int units, out ServiceLine line)
    {
        line = new ServiceLine { Number = number, Date = date, Units = Quantity.Of(units) };
        var parts = text.Split('-');
        if (!Code.TryParse(parts[0], out line.Code) || parts.Length > 1 + Modifiers.Max) return false;
        foreach (var part in parts[1..])
        {
            if (!Modifier.TryParse(part, out var modifier)) return false;
            line.Modifiers = line.Modifiers.With(modifier);
        }
        return true;
    }

    static int Write(Terminal terminal, ServiceLine[] lines, Code place, in PriceTerms terms, string note, bool json)
    {
        var priced = SameDay.Price(terminal.Book, lines, place, terms);
        if (json) WriteJson(terminal, lines, priced, note);
        else WriteTexts(terminal, lines, priced, note);
        terminal.Flush();
        var without = priced.Count(static p => p.Amount is null);
        if (without == 0) return Exit.Clean;
        terminal.Error.WriteLine(lines.Length == 1
            ? "deltoid: it is not priced"
            : $"deltoid: {without} of {lines.Length} codes are not priced");
        return Exit.Found;
    }

    static void WriteJson(Terminal terminal, ServiceLine[] lines, Expected[] priced, string note)
    {
        using var writer = ResultJson.Writer(terminal.Buffer, indented: true);
        writer.WriteStartArray();
        for (var i = 0; i < lines.Length; i++)
            ResultJson.WritePrice(lines[i], priced[i], note.Length > 0 ? [note] : [], writer);
        writer.WriteEndArray();
        writer.Flush();
        terminal.WriteLine();
    }

    /// <summary>A line for each code, and once what is in none of the prices.</summary>
    static void WriteTexts(Terminal terminal, ServiceLine[] lines, Expected[] priced, string note)
    {
        var missing = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            WriteText(terminal, lines[i], priced[i]);
            missing.AddRange(NotApplied.Of(lines[i], priced[i]));
        }
        if (note.Length > 0) missing.Add(note);
        foreach (var words in missing.Distinct()) terminal.WriteLine("not applied: " + words);
    }

    static void WriteText(Terminal terminal, in ServiceLine line, in Expected expected)
    {
        var code = line.Modifiers.IsEmpty ? line.Code.ToString() : $"{line.Code}-{line.Modifiers}";
        var units = line.Units == Quantity.One ? "" : $" x{line.Units}";
        var limit = expected.LimitingCharge is { } charge ? $", limiting charge ${charge}" : "";
        terminal.WriteLine(expected.Amount is { } amount
            ? $"{code}{units}  ${amount}  {expected.BasisText}{limit}"
            : $"{code}{units}  not priced: {expected.WhyText}");
        if (expected.Full is { } full)
            terminal.WriteLine($"    alone ${full}; {string.Join("; ", expected.RuleTexts)}");
        if (expected.Shares is { } shares)
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"    patient {shares.Percent:0.###} % ${shares.Patient}, Medicare "
                    + $"${shares.Medicare}, after sequestration ${shares.AfterSequestration}"));
    }
}
