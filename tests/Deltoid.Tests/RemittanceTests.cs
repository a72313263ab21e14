using System.Text;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Remittances;
using Deltoid.X12.Segments;

namespace Deltoid.Tests;

/// <summary>
/// Remittances: what is read where, what is told of amounts that do not add up, and that nothing is lost on the way
/// through JSON.
/// </summary>
public sealed class RemittanceTests
{
    static readonly string[] Claim =
    [
        "LX*1",
        "CLP*P001*1*150.5*100*20.5*12*ICN7*11*1",
        "CAS*CO*45*10",
        "NM1*QC*1*FIELD*ALAN*B***MI*A12",
        "NM1*82*2*OAK STREET MEDICINE*****XX*1234567893",
        "MOA***MA01*N130",
        "DTM*232*20260901",
        "DTM*233*20260902",
        "DTM*050*20260905",
        "AMT*AU*140",
        "SVC*HC:99213:25*100*70**1**2",
        "DTM*472*20260901",
        "CAS*CO*45*10",
        "CAS*PR*1*15*1*2*5",
        "REF*6R*L1",
        "AMT*B6*90",
        "LQ*HE*N517",
        "SVC*N4:00517003125*50.5*40**1*HC:J3420:JZ",
        "DTM*150*20260901",
        "DTM*151*20260902",
        "CAS*CO*45*10",
        "CAS*PR*3*0.5",
        "REF*6R*L2",
    ];

    static AnswerFiles.Payment One(params IEnumerable<string> segments) =>
        Assert.Single(AnswerFiles.Payments(RemittanceSamples.File(segments)));

    static AnswerFiles.Payment Good() => One([.. RemittanceSamples.Head("100"), .. Claim]);

    static List<string> Changed(params (string Segment, string By)[] changes)
    {
        List<string> segments = [.. RemittanceSamples.Head("100"), .. Claim];
        foreach (var (segment, by) in changes)
        {
            var at = segments.IndexOf(segment);
            Assert.True(at >= 0, segment);
            segments[at] = by;
        }
        segments.RemoveAll(s => s.Length == 0);
        return [.. segments.SelectMany(s => s.Split('|'))];
    }

    static void Tells(string[] expected, params (string Segment, string By)[] changes) =>
        Assert.Equal(expected, AnswerFiles.Lines(One(Changed(changes)).Findings));

    [Fact]
    public void A_good_remittance_has_no_findings() => Assert.Empty(AnswerFiles.Lines(Good().Findings));

    [Fact]
    public void The_header_says_who_paid_whom_how_much_and_how()
    {
        var head = Good().Head;
        Assert.Equal((10000, "C", new DateOnly(2026, 11, 16), new DateOnly(2026, 11, 15), 1, 2),
            (head.Amount!.Value.Cents, head.Direction.ToString(), head.Effective, head.Produced, head.Claims,
                head.Lines));
        Assert.Equal(("0001", "I", "ACH", "CCP", "EFT0000001"),
            (head.Text(RemittanceText.Control), head.Text(RemittanceText.Handling), head.Text(RemittanceText.Method),
                head.Text(RemittanceText.Format), head.Text(RemittanceText.Trace)));
        Assert.Equal(("PRAIRIE HEALTH PLAN", "1512345678", "HARTFORD", "CT", "06156"),
            (head.Text(RemittanceText.PayerName), head.Text(RemittanceText.PayerTaxId),
                head.Text(RemittanceText.PayerCity), head.Text(RemittanceText.PayerState),
                head.Text(RemittanceText.PayerZip)));
        Assert.Equal(("OAK STREET MEDICINE", RemittanceSamples.Npi, "362222222"),
            (head.Text(RemittanceText.PayeeName), head.Text(RemittanceText.PayeeNpi),
                head.Text(RemittanceText.PayeeTaxId)));
    }

    [Fact]
    public void A_claim_says_what_became_of_it()
    {
        var claim = Good().Claims[0];
        Assert.Equal(("P001", "1", 15050, 10000, 2050),
            (claim.Text(claim.Id), claim.Status.ToString(), claim.Charge!.Value.Cents, claim.Paid!.Value.Cents,
                claim.PatientOwes!.Value.Cents));
        Assert.Equal(("12", "ICN7", "11", "1", 1, true),
            (claim.Filing.ToString(), claim.Text(claim.PayerControl), claim.Facility.ToString(),
                claim.Frequency.ToString(), claim.Group, claim.BeginsGroup));
        Assert.Equal(("FIELD", "ALAN", "B", "MI", "A12"),
            (claim.Text(PaidParty.Patient, PaidField.Name), claim.Text(PaidParty.Patient, PaidField.First),
                claim.Text(PaidParty.Patient, PaidField.Middle), claim.Text(PaidParty.Patient, PaidField.IdKind),
                claim.Text(PaidParty.Patient, PaidField.Id)));
        Assert.Equal(("1234567893", new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 2), new DateOnly(2026, 9, 5)),
            (claim.Text(PaidParty.Rendering, PaidField.Id), claim.From, claim.Thru, claim.Received));
        Assert.Equal([new Adjustment(Adjustment.Contractual, Code.Of("45"), new Money(1000))],
            claim.Adjustments.Of(0).ToArray());
        Assert.Equal([new Remark(Code.Of("MOA"), Code.Of("MA01")), new Remark(Code.Of("MOA"), Code.Of("N130"))],
            claim.Remarks.Of(0).ToArray());
        Assert.Equal(14000, claim.Amount(Code.Of("AU"))!.Value.Cents);
    }

    [Fact]
    public void A_line_says_what_was_paid_what_was_billed_and_why_they_differ()
    {
        var claim = Good().Claims[0];
        var (visit, drug) = (claim.Lines[0], claim.Lines[1]);
        Assert.Equal(("HC", "99213", "25", 10000, 7000, 9000, 1000, 2000),
            (visit.Procedure.Kind.ToString(), visit.Procedure.Code.ToString(), visit.Procedure.Modifiers.ToString(),
            visit.Charge!.Value.Cents, visit.Paid!.Value.Cents, visit.Allowed!.Value.Cents,
            visit.UnitsPaid!.Value.Thousandths, visit.UnitsBilled!.Value.Thousandths));
        Assert.Equal((new DateOnly(2026, 9, 1), default, "L1"), (visit.Date, visit.Thru, claim.Text(visit.Control)));
        Assert.Equal(
            [new(Adjustment.Contractual, Code.Of("45"), new Money(1000)),
                new(Adjustment.Patient, Code.Of("1"), new Money(1500), Quantity.One),
                new Adjustment(Adjustment.Patient, Code.Of("2"), new Money(500))], claim.Adjustments.Of(1).ToArray());
        Assert.Equal([new Remark(Code.Of("HE"), Code.Of("N517"))], claim.Remarks.Of(1).ToArray());
        Assert.Equal(("N4", "00517003125", "HC", "J3420", "JZ"),
            (drug.Procedure.Kind.ToString(), drug.Procedure.Ndc.ToString(), drug.Billed.Kind.ToString(),
                drug.Billed.Code.ToString(), drug.Billed.Modifiers.ToString()));
        Assert.Equal((new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 2)), (drug.Date, drug.Thru));
    }

    [Fact]
    public void A_line_that_is_a_cent_off_is_told_once_at_the_line() =>
        Tells(["X120100 error 21/3 line 1: SVC03 says $69.99; the charge "
                    + "$100.00 minus the adjustments $30.00 is $70.00"],
            ("SVC*HC:99213:25*100*70**1**2", "SVC*HC:99213:25*100*69.99**1**2"));

    [Fact]
    public void A_line_charge_that_is_a_cent_off_is_told_once_at_the_line() =>
        Tells(["X120100 error 21/3 line 1: SVC03 says $70.00; the charge $99.99 "
                    + "minus the adjustments $30.00 is $69.99"],
            ("SVC*HC:99213:25*100*70**1**2", "SVC*HC:99213:25*99.99*70**1**2"));

    [Fact]
    public void What_the_patient_owes_of_a_line_that_is_a_cent_off_is_told_once_at_the_line() =>
        Tells(["X120100 error 28/3 line 2: SVC03 says $40.00; the charge $50.50 "
                    + "minus the adjustments $10.51 is $39.99"], ("CAS*PR*3*0.5", "CAS*PR*3*0.51"));

    [Fact]
    public void A_claim_charge_is_told_at_the_claim() =>
        Tells(["X120102 error 12/3 line 0: CLP03 says $151.50; the charges of the lines add up to $150.50"],
            ("CLP*P001*1*150.5*100*20.5*12*ICN7*11*1", "CLP*P001*1*151.5*100*20.5*12*ICN7*11*1"));

    [Fact]
    public void A_claim_payment_is_told_at_the_claim_and_not_again_at_the_check() =>
        Tells(["X120101 error 12/4 line 0: CLP04 says $100.01; the charge "
                    + "$150.50 minus all adjustments $50.50 is $100.00"],
            ("CLP*P001*1*150.5*100*20.5*12*ICN7*11*1", "CLP*P001*1*150.5*100.01*20.5*12*ICN7*11*1"));

    [Fact]
    public void A_claim_adjustment_is_told_at_the_claim() =>
        Tells(["X120101 error 12/4 line 0: CLP04 says $100.00; the charge "
                    + "$150.50 minus all adjustments $50.49 is $100.01"], ("CAS*CO*45*10", "CAS*CO*45*9.99"));

    [Fact]
    public void A_check_that_is_a_cent_off_is_told_at_the_check() =>
        Assert.Equal(["X120103 error 2/2 line 0: BPR02 says $100.01; the payments of the claims "
                    + "$100.00 minus the provider adjustments $0.00 are $100.00"],
            AnswerFiles.Lines(One([.. RemittanceSamples.Head("100.01"), .. Claim]).Findings));

    [Fact]
    public void Provider_adjustments_take_away_from_the_check_or_add_to_it()
    {
        var payment = One([.. RemittanceSamples.Head("80"), .. Claim, "PLB*1234567893*20261231*WO:ICN1*30*CS:A*-10"]);
        Assert.Empty(AnswerFiles.Lines(payment.Findings));
        var adjustments = payment.Head.Adjustments.Span;
        Assert.Equal(("WO", "ICN1", 3000, "CS", -1000),
            (adjustments[0].Reason.ToString(), payment.Head.Text(adjustments[0].Reference),
                adjustments[0].Amount!.Value.Cents, adjustments[1].Reason.ToString(),
                adjustments[1].Amount!.Value.Cents));
        Assert.Equal((RemittanceSamples.Npi, new DateOnly(2026, 12, 31)),
            (payment.Head.Text(adjustments[1].Provider), adjustments[1].FiscalDay));
    }

    [Fact]
    public void Interest_of_claims_and_provider_cancels()
    {
        Assert.Empty(AnswerFiles.Lines(One([.. Changed(("AMT*AU*140", "AMT*I*3.1"),
                (RemittanceSamples.Head("100")[0], RemittanceSamples.Head("103.1")[0])),
            "PLB*1234567893*20261231*L6*-3.1"]).Findings));
        Tells(["X120106 error 20/2 line 0: the claims have interest of $3.10 (AMT I), and the provider "
                    + "adjustments pay $0.00 (PLB L6, where paid interest is below 0); both must be the same"],
            ("AMT*AU*140", "AMT*I*3.1"));
    }

    [Fact]
    public void A_balance_carried_forward_pays_nothing_and_names_this_payment()
    {
        var reversal =
            new[]
            {
                "LX*1", "CLP*P1*22*-50*-50**12*ICN1*11*1", "NM1*QC*1*FIELD*ALAN****MI*A1", "DTM*232*20260901",
                "CLP*P1*1*20*20**12*ICN1X*11*7", "NM1*QC*1*FIELD*ALAN****MI*A1", "DTM*232*20260901"
            };
        Assert.Empty(AnswerFiles.Lines(One([.. RemittanceSamples.Notice(), .. reversal,
            "PLB*1234567893*20261231*FB:EFT0000001*-30"]).Findings));
        Assert.Equal(["X120122 error 18/4 line 0: a balance is carried forward (FB, below 0) only when BPR02 is 0, and "
                    + "its reference is this payment's TRN02; one of the two is not true here"],
            AnswerFiles.Lines(One([.. RemittanceSamples.Notice(), .. reversal,
                "PLB*1234567893*20261231*FB:EFT0000009*-30"]).Findings));
    }

    [Fact]
    public void A_reversal_without_a_correction_is_a_note_for_whoever_posts() =>
        Assert.Equal(["X120126 info 12/2 line 0: the claim is taken back (CLP02 22), and no "
                    + "later claim of this payment decides it again"],
            AnswerFiles.Lines(One([.. RemittanceSamples.Notice(), "LX*1", "CLP*P1*22*-50*-50**12*ICN1*11*1",
                "NM1*QC*1*FIELD*ALAN****MI*A1", "DTM*232*20260901",
                "PLB*1234567893*20261231*FB:EFT0000001*-50"]).Findings));

    [Theory]
    [InlineData("CLP*P001*1*150.5*100*20.5*12*ICN7*11*1", "CLP*P001*22*150.5*100**12*ICN7*11*1", "X120108 X120126")]
    [InlineData("CLP*P001*1*150.5*100*20.5*12*ICN7*11*1", "CLP*P001*25*150.5*100*20.5*12*ICN7*11*1", "X120109")]
    [InlineData("CLP*P001*1*150.5*100*20.5*12*ICN7*11*1", "CLP*0*1*150.5*100*20.5*12*ICN7*11*1", "X120127")]
    [InlineData("CLP*P001*1*150.5*100*20.5*12*ICN7*11*1", "CLP*P001*1*150.5*100*20.4*12*ICN7*11*1", "X120107")]
    [InlineData("CLP*P001*1*150.5*100*20.5*12*ICN7*11*1", "CLP*P001*1*150.5*100**12*ICN7*11*1", "X120107")]
    [InlineData("CAS*PR*1*15*1*2*5", "CAS*PR*1*15*1*2*5**3*0", "X120110")]
    [InlineData("CAS*PR*1*15*1*2*5", "CAS*PR*1*15*1|CAS*PR*2*5", "X120112")]
    [InlineData("SVC*HC:99213:25*100*70**1**2", "SVC*HC:99213:25*100*70**1**1", "X120113")]
    [InlineData("SVC*HC:99213:25*100*70**1**2", "SVC*HC:99213:25*100*70***HC:99213:25", "X120114")]
    [InlineData("SVC*HC:99213:25*100*70**1**2", "SVC*HC:9921:25*100*70**1**2", "X120115")]
    [InlineData("LQ*HE*N517", "LQ*HE*REMARK", "X120116")]
    [InlineData("REF*6R*L1", "REF*6R*L1|REF*0K*POLICY1", "X120117")]
    [InlineData("AMT*B6*90", "AMT*B6*90|AMT*B6*80", "X120091")]
    [InlineData("AMT*AU*140", "AMT*AU*140|AMT*AU*140", "X120091")]
    [InlineData("AMT*B6*90", "AMT*B6*0", "X120110")]
    [InlineData("REF*6R*L1", "REF*6R*L1|REF*HPI*1234567890", "X120310")]
    [InlineData("TRN*1*EFT0000001*1512345678", "TRN*1*EFT0000001*1512345679", "X120120")]
    [InlineData("DTM*151*20260902", "DTM*151*20260831", "X120088")]
    [InlineData("DTM*233*20260902", "DTM*233*20260831", "X120088")]
    [InlineData("AMT*AU*140", "AMT*AU*140|AMT*D8*5", "X120128")]
    public void Other_rules_are_told(string segment, string by, string ids) =>
        Assert.Equal(ids.Split(' '), One(Changed((segment, by))).Findings.Select(f => f.Info.Id).Distinct());

    [Theory]
    [InlineData("BPR*I*100*C*ACH*CCP*01*111000026*DA*1234567*1512345678**01*071000013*DA*7654321*20261116", "X120121")]
    [InlineData("BPR*H*100*C*NON************20261116", "X120105")]
    [InlineData("BPR*I*100*D*ACH*CCP*01*111000025*DA*1234567*1512345678**01*071000013*DA*7654321*20261116", "X120125")]
    [InlineData("BPR*I*-100*C*CHK************20261116", "X120104")]
    public void Rules_of_the_payment_are_told(string payment, string ids) =>
        Assert.Equal(ids.Split(' '),
            One([payment, .. RemittanceSamples.Head("100")[1..], .. Claim]).Findings.Select(f => f.Info.Id));

    [Fact]
    public void A_refund_that_is_acknowledged_cancels_its_recovery()
    {
        Assert.Empty(AnswerFiles.Lines(One([.. RemittanceSamples.Head("100"), .. Claim,
            "PLB*1234567893*20261231*WO:ICN1*30*72:ICN1*-30"]).Findings));
        Assert.Equal(["X120123"],
            One([.. RemittanceSamples.Head("101"), .. Claim,
                "PLB*1234567893*20261231*WO:ICN1*30*72:ICN1*-31"]).Findings.Select(f => f.Info.Id));
    }

    [Fact]
    public void An_amount_that_does_not_read_leaves_its_balances_unjudged() =>
        Assert.Equal(["X120068"],
            One(Changed(("SVC*HC:99213:25*100*70**1**2",
                "SVC*HC:99213:25*100*7O**1**2"))).Findings.Select(f => f.Info.Id));

    [Fact]
    public void A_thousand_remittances_that_are_right_have_no_findings()
    {
        for (var seed = 0; seed < 1000; seed++)
            Assert.Empty(AnswerFiles.Lines(Assert.Single(AnswerFiles.Payments(RemittanceSamples.Random(seed)
                .File())).Findings));
    }

    [Fact]
    public void One_cent_off_is_caught_in_a_thousand_remittances()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var sample = RemittanceSamples.Random(seed);
            var payment = Assert.Single(AnswerFiles.Payments(sample.File(seed * 7919, seed % 2 == 0 ? 1 : -1)));
            Assert.True(payment.Findings.Exists(f => f.Severity == Severity.Error), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    public void A_payment_that_was_cut_is_read_as_in_one_piece(int size)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var sample = RemittanceSamples.Random(seed);
            var file = seed % 3 == 0 ? sample.File(seed, 1) : sample.File();
            var (whole, cut) = (Assert.Single(AnswerFiles.Payments(file)),
                Assert.Single(AnswerFiles.Payments(file, size)));
            Assert.Equal(AnswerFiles.Lines(whole.Findings).Order(StringComparer.Ordinal),
                AnswerFiles.Lines(cut.Findings).Order(StringComparer.Ordinal));
            Assert.Equal(AnswerFiles.Write(whole.Head, whole.Claims), AnswerFiles.Write(cut.Head, cut.Claims));
        }
    }

    static Remittance Reread(Remittance head)
    {
        var (json, read) = (AnswerFiles.Json(w => RemittanceJson.Write(head, w)), new Remittance());
        RemittanceJson.Read(Encoding.UTF8.GetBytes(json), read);
        Assert.Equal(json, AnswerFiles.Json(w => RemittanceJson.Write(read, w)));
        return read;
    }

    static ClaimPayment Reread(ClaimPayment claim)
    {
        var (json, read) = (AnswerFiles.Json(w => RemittanceJson.Write(claim, w)), new ClaimPayment());
        RemittanceJson.Read(Encoding.UTF8.GetBytes(json), read);
        Assert.Equal(json, AnswerFiles.Json(w => RemittanceJson.Write(read, w)));
        return read;
    }

    /// <summary>What was read comes back through JSON as the same set, in its order.</summary>
    static void ComesBack(AnswerFiles.Payment payment, string name, bool isHostile = false)
    {
        var marks = payment.Head.Delimiters;
        var original = AnswerFiles.Canonical(payment.Text, marks);
        var written = AnswerFiles.Canonical(AnswerFiles.Write(Reread(payment.Head), payment.Claims.Select(Reread),
                isHostile), marks);
        Assert.True(original.SequenceEqual(written),
            $"{name}: {string.Join('~', original)}\nbecame {string.Join('~', written)}");
    }

    [Fact]
    public void What_is_read_comes_back_through_JSON()
    {
        ComesBack(Good(), "good");
        for (var seed = 0; seed < 300; seed++)
            ComesBack(Assert.Single(AnswerFiles.Payments(RemittanceSamples.Random(seed).File())), $"seed {seed}");
    }

    [Fact]
    public void The_corpus_comes_back_through_JSON()
    {
        Corpus.Need();
        foreach (var (name, bytes, sets, claims, lines) in AnswerFiles.OfCorpus("835-5010"))
        {
            var payments = AnswerFiles.Payments(bytes);
            Assert.True((sets, claims, lines)
                    == (payments.Count, payments.Sum(p => p.Claims.Count), payments.Sum(p => p.Head.Lines)), name);
            foreach (var payment in payments) ComesBack(payment, name);
        }
    }

    [Fact]
    public void Without_kept_segments_the_fields_make_the_set()
    {
        var payment = Good();
        var (head, claim) = (Reread(payment.Head), Reread(payment.Claims[0]));
        head.KeepOnly(0);
        claim.KeepOnly(0);
        var written = AnswerFiles.Canonical(AnswerFiles.Write(head, [claim]), Delimiters.Usual);
        Assert.Equal(
            Claim.Where(s => s.StartsWith("CAS", StringComparison.Ordinal)
                || s.StartsWith("SVC", StringComparison.Ordinal) || s.StartsWith("CLP", StringComparison.Ordinal)),
            written.Where(s => s[..3] is "CAS" or "SVC" or "CLP"));
        Assert.Equal(Claim.Select(s => AnswerFiles.Canonical(s, Delimiters.Usual)[0]),
            written.SkipWhile(s => s != "LX*1"));
    }

    [Fact]
    public void A_field_that_is_changed_changes_its_element_and_no_other()
    {
        var claim = Reread(Good().Claims[0]);
        claim.Lines[0].Paid = new Money(6999);
        claim.Adjustments.Of(1)[0] = claim.Adjustments.Of(1)[0] with { Amount = new Money(1001) };
        claim.Set(PaidParty.Patient, PaidField.Id, "B99"u8);
        var written = AnswerFiles.Canonical(AnswerFiles.Write(Good().Head, [claim]), Delimiters.Usual);
        Assert.Contains("SVC*HC:99213:25*100*69.99**1**2", written);
        Assert.Contains("CAS*CO*45*10.01", written);
        Assert.Contains("NM1*QC*1*FIELD*ALAN*B***MI*B99", written);
    }

    [Fact]
    public void An_adjustment_that_is_added_makes_the_list_anew()
    {
        var claim = Reread(Good().Claims[0]);
        claim.Adjustments.Add(1, new(Adjustment.Patient, Code.Of("3"), new Money(100)));
        var written = AnswerFiles.Canonical(AnswerFiles.Write(Good().Head, [claim]), Delimiters.Usual);
        Assert.Contains("CAS*PR*1*15*1*2*5**3*1", written);
        Assert.Contains("CAS*CO*45*10", written);
    }

    [Fact]
    public void Other_separators_are_kept_or_written_as_asked()
    {
        var file =
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(RemittanceSamples.File([.. RemittanceSamples.Head("100"),
                .. Claim])).Replace('*', '|').Replace(':', '>').Replace('~', '\\'));
        var payment = Assert.Single(AnswerFiles.Payments(file));
        Assert.Empty(AnswerFiles.Lines(payment.Findings));
        ComesBack(payment, "separators");
        var output = new SegmentWriter();
        new RemittanceWriter(output).Write(payment.Claims[0]);
        Assert.Contains("SVC*HC:99213:25*100*70**1**2~", Encoding.UTF8.GetString(output.Written),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_payment_that_was_detached_outlives_its_buffer()
    {
        var sample = RemittanceSamples.Random(5).File();
        var (bytes, setPart) = AnswerFiles.SetPartsOf(sample, "835").Single();
        var (reader, claim, about) = (new RemittanceReader(), new ClaimPayment(), new FindingList());
        reader.Open(bytes, setPart, new Remittance(), new RemittanceSums());
        Assert.True(reader.Read(claim, about));
        var (copy, before) = (claim.Detach(), AnswerFiles.Json(w => RemittanceJson.Write(claim, w)));
        Array.Clear(bytes);
        Assert.Equal(before, AnswerFiles.Json(w => RemittanceJson.Write(copy, w)));
    }

    [Fact]
    public void Reading_claims_allocates_nothing_once_warm()
    {
        var file = RemittanceSamples.File([.. RemittanceSamples.Head("20000"),
            .. Enumerable.Range(0, 200).SelectMany(_ => Claim[1..]).Prepend("LX*1")]);
        var (bytes, setPart) = AnswerFiles.SetPartsOf(file, "835").Single();
        var (reader, claim, about, head, sums) = (new RemittanceReader(), new ClaimPayment(), new FindingList(),
            new Remittance(), new RemittanceSums());
        var least = long.MaxValue; // the runtime itself may allocate while it compiles the code anew
        for (var round = 0; round < 5; round++)
        {
            reader.Open(bytes, setPart, head, sums);
            Assert.True(reader.Read(claim, about));
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 1; i < 200; i++) reader.Read(claim, about);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    [Fact]
    public void Hostile_bytes_are_never_thrown_at_and_come_back()
    {
        var random = new Random(835);
        for (var round = 0; round < LongRun.Count(1_000, 10_000); round++)
            foreach (var payment in AnswerFiles.Payments(
                AnswerFiles.Hostile(RemittanceSamples.Random(round % 50).File(), random),
                round % 2 == 0 ? 1 : BlockCutter.UsualSize))
                ComesBack(payment, $"round {round}", isHostile: true);
    }

    [Fact]
    public void Segments_in_any_order_come_back()
    {
        var random = new Random(835);
        string[] segments =
            [.. RemittanceSamples.Head("100"), .. Claim, .. Claim[1..], .. Claim, "PLB*1234567893*20261231*WO:1*5"];
        for (var round = 0; round < LongRun.Count(1_000, 10_000); round++)
            foreach (var payment in AnswerFiles.Payments(
                RemittanceSamples.File(AnswerFiles.Disordered(segments, random)),
                round % 2 == 0 ? 1 : BlockCutter.UsualSize))
                ComesBack(payment, $"round {round}", isHostile: true);
    }

    [Fact]
    public void Amounts_beyond_all_limits_are_told_and_do_not_overflow()
    {
        var huge = new string('9', 18);
        var payment = One([.. RemittanceSamples.Head(huge), "LX*1",
            .. Enumerable.Range(0, 40)
                .SelectMany(_ => new[]
                {
                    $"CLP*P1*1*{huge}*-{huge}*{huge}*12*I*11*1", $"CAS*CO*45*{huge}**46*-{huge}",
                    $"SVC*HC:99213*{huge}*-{huge}**{huge}"
                }), $"PLB*1234567893*20261231*L6*{huge}*WO:1*{huge}"]);
        Assert.Equal(40, payment.Claims.Count);
        Assert.Contains(payment.Findings, f => f.Info.Id == "X120066");
    }
}
