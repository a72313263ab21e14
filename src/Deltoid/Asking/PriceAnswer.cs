using System.Globalization;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>What Medicare allows: fee schedule by locality, drug limit of the quarter, hospital rate.</summary>
internal static class PriceAnswer
{
    const int MostCodes = 4;

    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var lines = LinesOf(asked);
        if (lines.Count is 0 or > MostCodes) return null;
        CodeAnswer.SayEnded(asked, draft);
        var isSaid = false;
        foreach (var (code, units) in lines)
            if (asked.Book.TryCode(code, asked.Day, out _))
                isSaid |= asked.Has("hospital-side") ? SayHospital(asked, code, draft) : Say(asked, code, units, draft);
        if (asked.Has("last-year")) asked.OtherYear ??= asked.Today.Year - 1;
        if (asked.Has("difference-word") && asked.Year is { } only && only != asked.Today.Year)
            asked.OtherYear ??= asked.Today.Year; // "down from 2025"
        if (asked.OtherYear is { } year && !asked.Has("hospital-side")) isSaid |= SayOther(asked, lines, year, draft);
        if (!isSaid && draft.IsEmpty) return null;
        if (asked.Payer == PayerKind.None) draft.Say("This is what Medicare allows; other payers pay by their own schedule or contract");
        foreach (var rule in row.Rules) draft.CiteRule(rule);
        return isSaid ? ReplyKind.Answer : ReplyKind.Unknown;
    }

    /// <summary>The same of the year with which it is compared.</summary>
    static bool SayOther(Inquiry asked, List<(Code, long)> lines, int year, ReplyDraft draft)
    {
        var (day, isSaid) = (asked.Day, false);
        asked.Day = year == asked.Today.Year ? asked.Today : new(year, day.Month, 1);
        foreach (var (code, units) in lines)
            if (asked.Book.TryCode(code, asked.Day, out _)) isSaid |= Say(asked, code, units, draft);
        asked.Day = day;
        return isSaid;
    }

    static List<(Code, long)> LinesOf(Inquiry asked)
    {
        var lines =
            asked.Codes.ConvertAll(code => (code, asked.ClaimedUnits is { } units && units >= 1 ? (long)units : 1L));
        if (lines.Count > 0) return lines;
        return DrugAnswer.LinesOf(asked);
    }

    static bool Say(Inquiry asked, Code code, long units, ReplyDraft draft)
    {
        var places = Localities(asked);
        if (places.Count == 0) return SayIn(asked, code, units, null, draft);
        if (places.Count == 1) return SayIn(asked, code, units, places[0], draft);
        return SaySeveral(asked, code, units, places, draft);
    }

    static Expected Price(Inquiry asked, Code code, long units, LocalityRow? place, bool facility)
    {
        var line = new ServiceLine { Number = 1, Code = code, Date = asked.Day, Units = Quantity.Of(units) };
        foreach (var modifier in asked.Modifiers) line.Modifiers = line.Modifiers.With(modifier);
        return FeeSchedule.Price(asked.Book, PayerKind.Medicare, Setting.Professional, line,
            Code.Of(facility ? "22" : "11"),
            place is null ? new("", "") : new($"{place.Mac}-{place.Number}", place.State));
    }

    static bool SayIn(Inquiry asked, Code code, long units, LocalityRow? place, ReplyDraft draft)
    {
        var facility = !asked.Place.IsNone && asked.Book.Place(asked.Place, asked.Day) is { Facility: true };
        var expected = Price(asked, code, units, place, facility);
        if (expected.Amount is not { } amount)
        {
            draft.Reckoned(code.ToString(), "price", expected.WhyText)
                .State(code.ToString(), "day", asked.Day.Iso(), DateRange.Always, asked.Book.Version);
            draft.CiteRule("INJ-260").Say($"No price for {code} on {asked.Day.Iso()}: {expected.WhyText}");
            return false;
        }
        State(asked, code, expected, draft);
        var where = place is null ? "nationally" : $"in {place.Name}, {place.State} ({place.Mac}-{place.Number})";
        var count = units == 1 ? "" : $" x {units.ToString(CultureInfo.InvariantCulture)}";
        draft.Reckoned(code.ToString(), "units", units.ToString(CultureInfo.InvariantCulture));
        if (place is not null) draft.State(where, "locality", $"{place.Mac}-{place.Number}", place.Dates, place.Source);
        var (lead, at) = (LeadOf(asked, amount, draft), expected.Basis == PriceBasis.AspLimit ? "" : where + " ");
        draft.Say(Spanish.Sentence(asked, "price",
            $"{lead}{code}{count}: ${amount} {at}({expected.BasisText}) on {asked.Day.Iso()}", lead, code, count, amount,
            at, expected.BasisText, asked.Day.Iso()));
        if (expected.Basis == PriceBasis.AspLimit) SayLimit(asked, code, draft);
        else if (place is null) draft.Ask("locality");
        if (asked.Has("gpci-word")) SayValues(asked, code, draft);
        return true;
    }

    /// <summary>What the question believes that it pays, held against the price.</summary>
    static string LeadOf(Inquiry asked, Money amount, ReplyDraft draft)
    {
        if (asked.ClaimedPrice is not { } price) return "";
        draft.FromQuestion("price", string.Create(CultureInfo.InvariantCulture, $"{price.From} {price.To}"));
        return amount.Dollars < price.From || amount.Dollars > price.To ? "No: " : "Yes: ";
    }

    static void SayValues(Inquiry asked, Code code, ReplyDraft draft)
    {
        if (!asked.Book.TryFee(code, asked.Day, out var fee)) return;
        var text = string.Create(CultureInfo.InvariantCulture,
            $"work {fee.Work}, practice {fee.PracticeNonFacility} in the office, malpractice {fee.Malpractice}, "
                + $"total {fee.Work + fee.PracticeNonFacility + fee.Malpractice}");
        draft.State(code.ToString(), "RVU", text, fee.Dates, fee.Source).Say($"Relative values: {text}");
    }

    static void State(Inquiry asked, Code code, in Expected expected, ReplyDraft draft)
    {
        draft.State(code.ToString(), "price", $"${expected.Amount} ({expected.BasisText}) on {asked.Day.Iso()}",
            DateRange.Of(asked.Day), expected.BasisText);
        if (expected.Basis == PriceBasis.FeeSchedule && asked.Book.TryFee(code, asked.Day, out var fee))
            draft.State(code.ToString(), "fee schedule status", fee.Status.ToString(), fee.Dates, fee.Source)
                .CiteRule("INJ-260");
    }

    static void SayLimit(Inquiry asked, Code code, ReplyDraft draft)
    {
        if (!asked.Book.AspLimits.TryGet(asked.Book.Id(code), asked.Day.DayNumber, out var limit)) return;
        var (text, share) =
            (limit.Limit.ToString("0.000", CultureInfo.InvariantCulture),
                limit.Coinsurance.ToString("0.###", CultureInfo.InvariantCulture));
        draft.State(code.ToString(), "payment limit", $"${text} for one unit, patient's share {share} %", limit.Dates,
            limit.Source);
        draft.Say($"The limit of the quarter is ${text} for one unit; the patient's share is {share} %")
            .CiteRule("INJ-262");
        DrugAnswer.StateCode(asked, code, draft);
    }

    static bool SaySeveral(Inquiry asked, Code code, long units, List<LocalityRow> places, ReplyDraft draft)
    {
        Expected least = default, most = default;
        foreach (var place in places)
        {
            var expected = Price(asked, code, units, place, facility: false);
            if (expected.Amount is not { } amount) continue;
            if (least.Amount is not { } low || amount < low) least = expected;
            if (most.Amount is not { } high || amount > high) most = expected;
        }
        if (least.Amount is null) return SayIn(asked, code, units, null, draft);
        State(asked, code, least, draft);
        State(asked, code, most, draft);
        var count = places.Count.ToString(CultureInfo.InvariantCulture);
        draft.Reckoned(places[0].State, "localities", count);
        draft.Say($"{code}: ${least.Amount} to ${most.Amount}, by locality; {count} Medicare localities fit what you said").Ask("locality");
        return true;
    }

    /// <summary>The localities of the ZIP code, or of the words that follow "in"; none where nothing is said.</summary>
    static List<LocalityRow> Localities(Inquiry asked)
    {
        var ofDay = asked.Book.Localities.Where(row => row.Dates.Contains(asked.Day)).ToList();
        List<LocalityRow> InZip(int zip) => !asked.Book.TryZip(zip, asked.Day, out var found) ? []
            : ofDay.FindAll(row => row.Mac == found.Carrier.ToString("00000", CultureInfo.InvariantCulture)
                && row.Number == found.Locality.ToString("00", CultureInfo.InvariantCulture));
        if (asked.Zip is { } said && InZip(said) is { Count: > 0 } own) return own;
        if (Cities.ZipIn(asked.Text) is { } city && InZip(city) is { Count: > 0 } there) return there;
        foreach (var words in PlaceWords.Of(asked))
            if (LocalitySearch.Find(ofDay, words) is { Count: > 0 and < 40 } rows) return rows;
        return [];
    }

    static bool SayHospital(Inquiry asked, Code code, ReplyDraft draft)
    {
        if (!asked.Book.Opps.TryGet(asked.Book.Id(code), asked.Day.DayNumber, out var row))
        {
            draft.Reckoned(code.ToString(), "OPPS rate", "not in this code book").CiteTable("OPPS26", code.ToString());
            draft.Say($"This code book has no OPPS row of {code} for the day");
            return false;
        }
        var rate = row.Rate is { } amount ? $"${amount}" : "no rate of its own";
        draft.State(code.ToString(), "OPPS", $"{rate}, status indicator {row.Status}", row.Dates, row.Source);
        draft.Say($"{code} in a hospital outpatient department (OPPS): {rate} national, status indicator {row.Status}");
        if (row.Status == "Q1") draft.Say("A Q1 service is paid apart only when no main service of the day packages it").Reckoned("Q1", "status", "Q1");
        return true;
    }

    /// <summary>A factor or price of a year that no final rule is known for.</summary>
    public static ReplyKind? Future(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var asksFor = asked.Year ?? asked.Day.Year;
        var year = asksFor > asked.Book.KnownThru.Year ? asksFor.ToString(CultureInfo.InvariantCulture)
            : "the time that is asked for";
        draft.FromQuestion("year", year);
        draft.Say($"Not known: no final rule or file for {year} is in this code book, and what is only proposed is not loaded. I looked for a row of the day; "
            + $"the book knows days through {asked.Book.KnownThru.Iso()}");
        draft.Reckoned("code book", "known through", asked.Book.KnownThru.Iso());
        if (asked.Has("factor-word") && asked.Book.Factor(asked.Book.KnownThru, qualifying: false) is { } factor)
        {
            var text = factor.Factor.ToString("0.0000", CultureInfo.InvariantCulture);
            draft.State("conversion factor", $"Medicare {asked.Book.KnownThru.Year}", text, factor.Dates,
                factor.Source);
            draft.Say($"The last one is {text} for {asked.Book.KnownThru.Year}")
                .Reckoned("year", "last known", asked.Book.KnownThru.Year.ToString(CultureInfo.InvariantCulture));
        }
        foreach (var rule in row.Rules) draft.CiteRule(rule);
        draft.CiteTable("PFS26", "final rules for the year");
        return ReplyKind.Unknown;
    }

    /// <summary>The conversion factor of a day.</summary>
    public static ReplyKind? Factor(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.Book.Factor(asked.Day, qualifying: false) is not { } factor) return Future(asked, row, draft);
        var (year, text) =
            (asked.Day.Year.ToString(CultureInfo.InvariantCulture),
                factor.Factor.ToString("0.0000", CultureInfo.InvariantCulture));
        draft.State("conversion factor", "Medicare " + year, text, factor.Dates, factor.Source)
            .Say($"The Medicare conversion factor of {year} is {text}");
        if (asked.Book.Factor(asked.Day, qualifying: true) is { } qualifying)
        {
            var other = qualifying.Factor.ToString("0.0000", CultureInfo.InvariantCulture);
            draft.State("conversion factor", "Medicare " + year
                + ", qualifying APM participants", other, qualifying.Dates, qualifying.Source);
            draft.Say($"For qualifying APM participants it is {other}");
        }
        draft.CiteRule("INJ-260");
        return ReplyKind.Answer;
    }
}
