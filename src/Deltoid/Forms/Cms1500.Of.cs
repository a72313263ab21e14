using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Forms;

/// <summary>
/// Which field of a claim goes into which box. With <see cref="KeptFacts"/> the only code of this room that knows the
/// claim's fields.
/// </summary>
internal static partial class Cms1500
{
    static void WriteHead(Claim claim, KeptFacts kept, Cms1500Pen pen)
    {
        pen.Write("carrier.1", FormWords.WithoutPunctuation(claim.Text(ClaimText.PayerName)));
        pen.Write("carrier.2", FormWords.WithoutPunctuation(kept.CarrierStreet));
        pen.Write("carrier.3", FormWords.WithoutPunctuation(kept.CarrierCity));
        if (PayerBox(claim) is { } payer) pen.Check(payer);
        WritePatient(claim, pen);
        WriteInsured(claim, kept, pen);
        WriteCondition(claim, kept, pen);
        WriteReferring(claim, pen);
        pen.WriteOver("19.top", "19", claim.Text(ClaimText.Narrative));
        WriteDiagnoses(claim, pen);
        WriteNumbers(claim, pen);
        WriteStatements(claim, pen);
        WriteProviders(claim, pen);
    }

    /// <summary>
    /// What was paid before, by the patient and by other payers. Of several forms the first one has it.
    /// </summary>
    static Money? Paid(Claim claim, KeptFacts kept) =>
        claim.PatientPaid is { } patient && kept.PaidByOthers is { } others
            ? patient + others
            : claim.PatientPaid ?? kept.PaidByOthers;

    static string? PayerBox(Claim claim) => claim.PayerKind switch
    {
        PayerKind.Medicare => "1.medicare",
        PayerKind.Medicaid => "1.medicaid",
        PayerKind.Tricare => claim.Text(ClaimText.Filing) == "VA" ? "1.champva" : "1.tricare",
        PayerKind.Commercial when !claim[Party.Subscriber, PartyField.Group].IsEmpty => "1.group",
        PayerKind.MedicareAdvantage or PayerKind.Commercial or PayerKind.WorkersComp => "1.other",
        _ => null,
    };

    static void WritePatient(Claim claim, Cms1500Pen pen)
    {
        var patient = claim.PatientParty;
        pen.Write("2", LastFirst(claim, patient));
        pen.Write("3", claim.BirthDate);
        pen.Check("3.m", claim.Sex == Sex.Male);
        pen.Check("3.f", claim.Sex == Sex.Female);
        WriteAddress(claim, patient, pen, "5");
    }

    /// <summary>
    /// Items 1a, 4, 6, 7, 9, 11. Medicare as first payer wants NONE in item 11 and nothing in the others; as a later
    /// one, who pays before it (Pub. 100-04, ch. 26, §10.2).
    /// </summary>
    static void WriteInsured(Claim claim, KeptFacts kept, Cms1500Pen pen)
    {
        pen.Write("1a", claim.Text(Party.Subscriber, PartyField.MemberId));
        if (claim.PayerKind == PayerKind.Medicare)
        {
            WriteBeforeMedicare(claim, kept, pen);
            return;
        }
        pen.Write("4", LastFirst(claim, Party.Subscriber));
        if (Relationship(claim) is { } relationship) pen.Check(relationship);
        WriteAddress(claim, Party.Subscriber, pen, "7");
        pen.Write("11", claim.Text(Party.Subscriber, PartyField.Group));
        if (Days.TryReadEither(claim.Text(Party.Subscriber, PartyField.BirthDate), out var born))
            pen.Write("11a", born);
        Words.Sexes.TryRead(claim.Text(Party.Subscriber, PartyField.Sex), out var sex);
        pen.Check("11a.m", sex == Sex.Male);
        pen.Check("11a.f", sex == Sex.Female);
        pen.Write("11c", FormWords.WithoutPunctuation(claim.Text(Party.Subscriber, PartyField.Plan)));
        pen.Write("9", kept.OtherName);
        pen.Write("9a", kept.OtherGroup.Length > 0 ? kept.OtherGroup : kept.OtherMember);
        pen.Write("9d", FormWords.WithoutPunctuation(kept.OtherPlan));
    }

    static void WriteBeforeMedicare(Claim claim, KeptFacts kept, Cms1500Pen pen)
    {
        if (claim.Text(ClaimText.Responsibility) is "" or "P")
        {
            pen.Write("11", "NONE");
            return;
        }
        pen.Write("4", kept.OtherName);
        pen.Write("11", kept.OtherGroup.Length > 0 ? kept.OtherGroup : kept.OtherMember);
        pen.Write("11c", FormWords.WithoutPunctuation(kept.OtherPlan));
    }

    /// <summary>
    /// The box of PAT01, or of the subscriber who is the patient; null when a patient's relationship is not said.
    /// </summary>
    static string? Relationship(Claim claim) => claim.Text(Party.Patient, PartyField.Relationship) switch
    {
        "18" or "self" => "6.self",
        "01" or "spouse" => "6.spouse",
        "19" or "child" => "6.child",
        "" => claim.PatientParty == Party.Subscriber && !claim[Party.Subscriber, PartyField.Name].IsEmpty
            ? "6.self" : null,
        _ => "6.other",
    };

    /// <summary>Items 10 and 14 to 18. A claim that states no cause is related to none (CLM11).</summary>
    static void WriteCondition(Claim claim, KeptFacts kept, Cms1500Pen pen)
    {
        pen.Check(kept.Causes.Contains("EM"), "10a.yes", "10a.no");
        pen.Check(kept.Causes.Contains("AA"), "10b.yes", "10b.no");
        pen.Check(kept.Causes.Contains("OA"), "10c.yes", "10c.no");
        pen.Write("10b.state", kept.AccidentState);
        pen.Write("11b.qual", kept.CasualtyNumber.Length > 0 ? "Y4" : "");
        pen.Write("11b", kept.CasualtyNumber);
        foreach (var (box, day) in kept.Days) pen.Write(box, day);
        foreach (var (box, qualifier) in kept.Qualifiers) pen.Write(box, qualifier);
    }

    /// <summary>
    /// Item 17 holds one provider: the referring one before the ordering, the ordering before the supervising (NUCC
    /// manual).
    /// </summary>
    static void WriteReferring(Claim claim, Cms1500Pen pen)
    {
        ReadOnlySpan<(Party Party, string Qualifier)> order =
        [(Party.Referring, "DN"), (Party.Ordering, "DK"), (Party.Supervising, "DQ")];
        var there = 0;
        foreach (var (party, qualifier) in order)
        {
            if (!claim.Has(party) || there++ > 0) continue;
            pen.Write("17.qual", qualifier);
            pen.Write("17", FirstLast(claim, party));
            pen.Write("17b", claim.Text(party, PartyField.Npi));
        }
        if (there > 1) pen.Report(Cms1500Findings.OneValueOnly, "17", there);
    }

    static void WriteDiagnoses(Claim claim, Cms1500Pen pen)
    {
        if (claim.DiagnosisCount > 0) pen.Write("21.icd", "0"); // ICD-10-CM
        for (var i = 0; i < claim.DiagnosisCount; i++) pen.Write("21" + (char)('a' + i), claim.Diagnoses[i].ToString());
    }

    static void WriteNumbers(Claim claim, Cms1500Pen pen)
    {
        if (claim.Frequency is '7' or '8')
        {
            pen.Write("22", claim.Frequency.ToString());
            pen.Write("22.ref", claim.Text(ClaimText.OriginalReference));
        }
        var (prior, clia) = (claim.Text(ClaimText.PriorAuthorization), claim.Text(ClaimText.Clia));
        pen.Write("23", prior.Length > 0 ? prior : clia);
        if (prior.Length > 0 && clia.Length > 0) pen.Report(Cms1500Findings.OneValueOnly, "23", 2);
        pen.Write("25", claim.Text(Party.Billing, PartyField.TaxId));
        pen.Check(IsEmployerNumber(claim), "25.ein", "25.ssn");
        pen.Write("26", claim.Text(ClaimText.Id));
    }

    /// <summary>
    /// As it is written, 12-3456789 or 123-45-6789; of bare digits an organization's is an employer's; a person's may
    /// be either, so null.
    /// </summary>
    static bool? IsEmployerNumber(Claim claim)
    {
        var number = claim.Text(Party.Billing, PartyField.TaxId).Trim();
        if (number.Length == 0) return null;
        if (number.Length == 10 && number[2] == '-') return true;
        if (number.Length == 11 && number[3] == '-' && number[6] == '-') return false;
        return claim[Party.Billing, PartyField.First].IsEmpty ? true : null;
    }

    static void WriteProviders(Claim claim, Cms1500Pen pen)
    {
        WriteFacility(claim, pen);
        WriteProvider(claim, Party.Billing, pen, "33");
        WritePhone(claim, Party.Billing, pen, "33");
        pen.Write("33a", claim.Text(Party.Billing, PartyField.Npi));
        if (claim.Text(Party.Billing, PartyField.Taxonomy) is { Length: > 0 } taxonomy)
            pen.Write("33b", "ZZ" + taxonomy);
    }

    /// <summary>
    /// Item 32. No facility on the claim means the billing provider's own place; Medicare wants that written too, but
    /// for the patient's home (Pub. 100-04, ch. 26, §10.4).
    /// </summary>
    static void WriteFacility(Claim claim, Cms1500Pen pen)
    {
        var own = !claim.Has(Party.ServiceFacility);
        if (own && (claim.PayerKind != PayerKind.Medicare || claim.PlaceOfService == Code.Of("12"))) return;
        var facility = own ? Party.Billing : Party.ServiceFacility;
        WriteProvider(claim, facility, pen, "32");
        pen.Write("32a", claim.Text(facility, PartyField.Npi));
    }

    static void WriteLine(Claim claim, in ServiceLine line, Cms1500Pen pen)
    {
        WriteSupplement(claim, line, pen);
        pen.Write("24a.from", line.Date);
        pen.Write("24a.to", line.Thru == default ? line.Date : line.Thru);
        pen.Write("24b", (line.PlaceOfService.IsNone ? claim.PlaceOfService : line.PlaceOfService).ToString());
        pen.Write("24d", line.Code.ToString());
        for (var i = 0; i < line.Modifiers.Count; i++) pen.Write("24d.m" + (i + 1), line.Modifiers[i].ToString());
        pen.Write("24e", Letters(line.Pointers));
        pen.Write("24f", line.Charge);
        if (line.Units != Quantity.Zero) pen.Write("24g", line.Units.ToString());
        pen.Write("24j", claim.Text(Party.Rendering, PartyField.Npi));
        if (claim.Text(Party.Rendering, PartyField.Taxonomy) is not { Length: > 0 } taxonomy) return;
        pen.Write("24i", "ZZ");
        pen.Write("24j.top", taxonomy);
    }

    /// <summary>
    /// The shaded half: N4 and the NDC, unit and quantity, the description of an unlisted code after ZZ (NUCC manual,
    /// item 24).
    /// </summary>
    static void WriteSupplement(Claim claim, in ServiceLine line, Cms1500Pen pen) => pen.WriteApart("24.top",
        line.Ndc.IsNone ? null : "N4" + line.Ndc,
        line.Ndc.IsNone || line.NdcUnit == NdcUnit.None || line.NdcQuantity == Quantity.Zero
            ? null
            : $"{line.NdcUnit}{line.NdcQuantity}",
        line.Narrative.IsEmpty ? null : "ZZ" + claim.Text(line.Narrative).Trim());

    static string Letters(Pointers pointers)
    {
        var text = "";
        for (var i = 0; i < pointers.Count; i++)
            if (pointers[i] <= Claim.MaxDiagnoses) text += (char)('A' + pointers[i] - 1);
        return text;
    }

    static void WriteProvider(Claim claim, Party party, Cms1500Pen pen, string item)
    {
        pen.Write(item + ".name", FirstLast(claim, party));
        pen.Write(item + ".street", FormWords.WithoutPunctuation(claim.Text(party, PartyField.Address)));
        pen.Write(item + ".city",
            $"{FormWords.WithoutPunctuation(claim.Text(party, PartyField.City))} "
                + $"{claim.Text(party, PartyField.State)} "
                + $"{FormWords.LettersAndDigits(claim.Text(party, PartyField.Zip))}");
    }

    static void WriteAddress(Claim claim, Party party, Cms1500Pen pen, string item)
    {
        pen.Write(item + ".street", FormWords.WithoutPunctuation(claim.Text(party, PartyField.Address)));
        pen.Write(item + ".city", FormWords.WithoutPunctuation(claim.Text(party, PartyField.City)));
        pen.Write(item + ".state", claim.Text(party, PartyField.State));
        pen.Write(item + ".zip", claim.Text(party, PartyField.Zip));
        WritePhone(claim, party, pen, item);
    }

    /// <summary>
    /// The area code and the rest, which has no hyphen; a number of another length goes into the second box whole.
    /// </summary>
    static void WritePhone(Claim claim, Party party, Cms1500Pen pen, string item)
    {
        var digits = FormWords.LettersAndDigits(claim.Text(party, PartyField.Phone));
        if (digits.Length == 11 && digits[0] == '1') digits = digits[1..];
        var area = digits.Length == 10 ? 3 : 0;
        pen.Write(item + ".area", digits[..area]);
        pen.Write(item + ".phone", digits[area..]);
    }

    static string LastFirst(Claim claim, Party party) =>
        FormWords.LastFirst(claim.Text(party, PartyField.Name), claim.Text(party, PartyField.Suffix),
            claim.Text(party, PartyField.First), claim.Text(party, PartyField.Middle));

    static string FirstLast(Claim claim,
        Party party) =>
        FormWords.WithoutPunctuation($"{claim.Text(party, PartyField.First)} {claim.Text(party, PartyField.Middle)} "
            + $"{claim.Text(party, PartyField.Name)} {claim.Text(party, PartyField.Suffix)}");
}
