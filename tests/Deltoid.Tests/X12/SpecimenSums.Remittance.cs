namespace Deltoid.Tests;

/// <summary>The balances of an 835, and what of it the guide wants said once, in full, or not as zero.</summary>
internal sealed partial class SpecimenSums
{
    /// <summary>Claims that pay nothing: forwarded only, or predetermined.</summary>
    static readonly string[] Unpaid = ["23", "25"];

    void WriteRemittance()
    {
        WriteHead();
        foreach (var loop in Root.All())
        {
            FillAdjustments(loop);
            foreach (var segment in loop.Segments.Where(static s => s.Row.Name is "AMT" or "QTY"))
                if (segment[2] == "0") segment[2] = "1";
        }
        foreach (var remark in Root.Flat().Where(static s => s.Row.Name == "LQ"))
            if (remark[1] == "HE") remark[2] = "N130";
        WriteDays();
        WriteInterest();
        var total = 0L;
        foreach (var claim in Loops("2100").ToList()) total += WritePayment(claim, 0);
        WriteTotal(total);
        WriteCorrections();
        if (Loops("2110").Any(static l => l.Segment("REF", "0K") is not null)
            && Loops("1000A").FirstOrDefault() is { } payer && payer.Segment("PER", "IC") is null)
            builder.AddSegment(payer, guide.SegmentIndex("1000A", "PER", "IC"));
    }

    void WriteHead()
    {
        if (Root.Segment("TRN") is { } trace)
        {
            trace[3] = "1123456789";
            if (trace[4].Length > 0) trace[4] = "000000001";
        }
        if (Root.Segment("BPR") is { } payment)
        {
            if (payment[10].Length > 0) payment[10] = "1123456789";
            foreach (var element in (int[])[7, 13])
                if (payment[element].Length > 0) payment[element] = "021000021";
        }
        foreach (var line in Loops("2110")) WriteService(line.First);
        if (Loops("1000B").FirstOrDefault()?.First[3] != "XX") return;
        foreach (var segment in Root.Flat())
            if (segment.Row.Name is "PLB" && (segment[1].Length != 10 || segment[1][0] != '1'))
                segment[1] = builder.Values.Npi();
    }

    /// <summary>
    /// A code has the form of its list; the service and units as billed are told only when they differ.
    /// </summary>
    void WriteService(SpecimenSegment service)
    {
        foreach (var element in (int[])[1, 6])
            if (service[element].Length > 0)
                service[element, 2] = service[element, 1] switch { "HC" => element == 1 ? "J3490" : "J3590",
                    "HP" => element == 1 ? "AB123" : "AB124", "NU" => element == 1 ? "0636" : "0250",
                    "N4" or "UI" or "N6" => builder.Values.Digits(11), "AD" => element == 1 ? "D0120" : "D0140",
                    _ => service[element, 2] };
        if (service[7].Length > 0) service[7] = service[5] is "2" ? "3" : "2";
    }

    /// <summary>All six places of a CAS are used before another one of its group.</summary>
    static void FillAdjustments(SpecimenLoop loop)
    {
        var all = loop.Segments.Where(static s => s.Row.Name == "CAS").ToList();
        for (var i = 0; i < all.Count; i++)
        {
            if (loop.Row.Name == "2100")
                for (var e = 4; e <= 19; e += 3)
                    if (all[i][e].Length > 0 && all[i][e - 2] != "78") all[i][e - 2] = "78";
            foreach (var element in Amounts)
                if (all[i][element].Length > 0 && Cents(all[i][element]) == 0) all[i][element] = "1";
            if (!all.Skip(i + 1).Any(s => s[1] == all[i][1])) continue;
            foreach (var element in Amounts)
            {
                if (all[i][element - 1].Length == 0) all[i][element - 1] = "45";
                if (all[i][element].Length == 0) all[i][element] = Money(100 + element);
            }
        }
    }

    void WriteDays()
    {
        foreach (var loop in Root.All())
            foreach (var (from, thru) in (ReadOnlySpan<(string, string)>)[("232", "233"), ("150", "151")])
                if (loop.Segment("DTM", from) is { } first && loop.Segment("DTM", thru) is { } last
                    && string.CompareOrdinal(first[2], last[2]) > 0)
                    last[2] = first[2];
    }

    /// <summary>Interest and discounts of claims stand among the provider's adjustments too.</summary>
    void WriteInterest()
    {
        foreach (var (kind, reason, sign) in (ReadOnlySpan<(string, string, int)>)[("I", "L6", -1), ("D8", "90", 1)])
        {
            var places = Places(reason).ToList();
            var amounts = Loops("2100").SelectMany(static l => l.Segments)
                .Where(s => s.Row.Name == "AMT" && s[1] == kind).ToList();
            if (places.Count > 0 && amounts.Count == 0 && AddAmount(kind) is { } made) amounts.Add(made);
            if (amounts.Count > 0 && places.Count == 0) places.Add((AddProvider(reason), 3));
            if (places.Count == 0) continue;
            for (var i = 0; i < places.Count - 1; i++)
                places[i].Segment[places[i].Element + 1] = Money(sign * (11 + i));
            var left = sign * amounts.Sum(static a => Cents(a[2]));
            for (var i = 0; i < places.Count - 1; i++) left -= Cents(places[i].Segment[places[i].Element + 1]);
            if (left == 0)
            {
                amounts[0][2] = Money(Cents(amounts[0][2]) + 700);
                left += sign * 700;
            }
            places[^1].Segment[places[^1].Element + 1] = Money(left);
        }
    }

    /// <summary>Where a reason stands among the provider's adjustments.</summary>
    IEnumerable<(SpecimenSegment Segment, int Element)> Places(string reason)
    {
        foreach (var segment in Root.Segments.Where(static s => s.Row.Name == "PLB"))
            for (var element = 3; element <= 13; element += 2)
                if (segment[element, 1] == reason) yield return (segment, element);
    }

    SpecimenSegment AddProvider(string reason)
    {
        var made = builder.AddSegment(Root, guide.SegmentIndex("ST", "PLB"))!;
        made[3] = reason;
        return made;
    }

    SpecimenSegment? AddAmount(string kind)
    {
        foreach (var claim in Loops("2100"))
        {
            if (claim.Segments.Any(s => s.Row.Name == "AMT" && s[1] == kind)
                || builder.AddSegment(claim, guide.SegmentIndex("2100", "AMT")) is not { } made)
                continue;
            made[1] = kind;
            return made;
        }
        return null;
    }

    /// <summary>
    /// Writes a claim's amounts from its adjustments and what is to be paid beyond; what it paid comes out.
    /// </summary>
    long WritePayment(SpecimenLoop claim, long more)
    {
        var (head, lines) = (claim.First, claim.Loops.Where(static l => l.Row.Name == "2110").ToList());
        var isReversal = head[2] == "22";
        foreach (var cas in claim.Flat().Where(static s => s.Row.Name == "CAS"))
            foreach (var element in Amounts)
                if (cas[element].Length > 0 && cas[element].StartsWith('-') != isReversal)
                    cas[element] = Money(-Cents(cas[element]));
        var (paid, charge, own) = (0L, 0L, Adjusted(claim));
        for (var i = 0; i < lines.Count; i++)
        {
            var linePaid = Unpaid.Contains(head[2]) ? 0 : isReversal ? -1000 : 1000L + lines[i].Id;
            if (i == 0) linePaid += own + more;
            lines[i].First[3] = Money(linePaid);
            lines[i].First[2] = Money(linePaid + Adjusted(lines[i]));
            (paid, charge) = (paid + linePaid, charge + linePaid + Adjusted(lines[i]));
        }
        if (lines.Count > 0) paid -= own;
        else
        {
            paid = (Unpaid.Contains(head[2]) ? 0 : isReversal ? -1000 : 2000) + more;
            charge = paid + own;
        }
        (head[3], head[4]) = (Money(charge), Money(paid));
        WriteShare(claim, isReversal);
        return paid;
    }

    void WriteShare(SpecimenLoop claim, bool isReversal)
    {
        var all = claim.Flat().Where(static s => s.Row.Name == "CAS").ToList();
        var share = all.Where(static s => s[1] == "PR").Sum(static s => Amounts.Sum(e => Cents(s[e])));
        if (share == 0 && claim.First.IsFixed(5, 0) && !isReversal
            && (all.Find(static s => !s.IsFixed(1, 0))
                ?? builder.AddSegment(claim, guide.SegmentIndex("2100", "CAS"))) is { } made)
            made[1] = "PR";
        claim.First[5] = share > 0 && !isReversal ? Money(share) : "";
    }

    /// <summary>The payment is what the claims paid less the provider's adjustments; a notice pays nothing.</summary>
    void WriteTotal(long paid)
    {
        if (Root.Segment("BPR") is not { } payment) return;
        var left = paid
            - Root.Segments.Where(static s => s.Row.Name == "PLB")
                .Sum(static s => ((int[])[4, 6, 8, 10, 12, 14]).Sum(e => Cents(s[e])));
        var wanted = payment[1] == "H" ? 0 : left > 0 ? left : 12345;
        if (left != wanted
            && Loops("2100").FirstOrDefault(static c =>
                !Unpaid.Contains(c.First[2]) && c.First[2] != "22") is { } claim)
        {
            WritePayment(claim, wanted - left);
            left = wanted;
        }
        else if (left != wanted) left += Absorb(left - wanted);
        payment[2] = Money(left);
    }

    /// <summary>Takes an amount off the payment with one more adjustment of the provider.</summary>
    long Absorb(long amount)
    {
        var place = Places("CS").FirstOrDefault();
        if (place.Segment is null) place = (AddProvider("CS"), 3);
        var before = Cents(place.Segment[place.Element + 1]);
        if (before + amount == 0) amount += 100;
        place.Segment[place.Element + 1] = Money(before + amount);
        return -amount;
    }

    /// <summary>What was reversed is adjudicated again behind it.</summary>
    void WriteCorrections()
    {
        var claims = Loops("2100").ToList();
        for (var i = 0; i < claims.Count; i++)
        {
            if (claims[i].First[2] != "22") continue;
            var next = claims.Skip(i + 1).FirstOrDefault(static c => c.First[2] != "22" && !c.First.IsFixed(1, 0))
                ?? builder.AddLoop(claims[i].Parent!, claims[i].Index);
            if (next is null) continue;
            if (next.First[2] == "22") next.First[2] = "1";
            next.First[1] = claims[i].First[1];
        }
    }

    /// <summary>Behind each reversal stands a claim that is none and has its number.</summary>
    bool AreCorrected()
    {
        var claims = Loops("2100").Select(static l => l.First).Where(static s => s.Row.Name == "CLP").ToList();
        return claims.Index()
            .All(c =>
                c.Item[2] != "22" || claims.Skip(c.Index + 1).Any(later => later[2] != "22" && later[1] == c.Item[1]));
    }
}
