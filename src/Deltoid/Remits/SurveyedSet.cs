using System.Runtime.InteropServices;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>What is to be done with a payment as a whole.</summary>
internal enum RemitVerdict : byte { Post, PostWithWarning, Quarantine, AlreadyReceived }

/// <summary>What is kept of a claim's payment until all files were read: 48 bytes.</summary>
/// <param name="Content">What it says.</param>
/// <param name="Id">CLP01, and <paramref name="Control"/> CLP07; 0 where it has none.</param>
/// <param name="Decision">Who was paid what: the same of a payment and of its reversal; 0 where no money moved.</param>
/// <param name="At">The byte of the file where CLP01 begins.</param>
/// <param name="Segment">The place of CLP in the set.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PaymentMark(ulong Content, ulong Id, ulong Control, ulong Decision, long At,
    int Segment, bool IsReversal, bool IsOfLaterPayer);

/// <summary>A provider's adjustment in words, and the claim that it is about.</summary>
internal sealed class MeantAdjustment(ProviderAdjustment row)
{
    public ProviderAdjustment Row { get; } = row;

    public string Means { get; set; } = "";

    /// <summary>The number of the claim it names; null where it names none that is known.</summary>
    public string? Claim { get; set; }
}

/// <summary>
/// One payment (an ST of 835) after the first reading: its head, its sums, what is wrong with it and what is to be done
/// with it. Its claims are read again when they are answered.
/// </summary>
internal sealed class SurveyedSet
{
    /// <summary>Faults that are kept of a set; more are counted.</summary>
    public const int MostFaults = 200;

    /// <summary>The ordinals of interchange, group and set.</summary>
    public required (int Interchange, int Group, int Set) Place { get; init; }

    public required string Control { get; init; }

    /// <summary>Segments of the file before ST.</summary>
    public long Before { get; init; }

    /// <summary>False of a set that is no 835 of a version that is supported.</summary>
    public bool IsRead { get; init; } = true;

    /// <summary>The payment's head and its provider adjustments; owns its bytes.</summary>
    public Remittance Head { get; set; } = new();

    /// <summary>The head alone, which a claim's answer may ask.</summary>
    public Remittance Bare { get; set; } = new();

    public Money Paid { get; set; }

    public Money Adjusted { get; set; }

    public int Claims => Head.Claims;

    public RowList<PaymentMark> Marks { get; } = new();

    public List<RemitFault> Faults { get; } = [];

    /// <summary>Faults beyond <see cref="MostFaults"/>.</summary>
    public int MoreFaults { get; private set; }

    public List<MeantAdjustment> Adjustments { get; } = [];

    public RemitVerdict Verdict { get; set; }

    /// <summary>What was done with it when it was received; null of a set that is to be judged.</summary>
    public bool? WasPosted { get; set; }

    /// <summary>Claims with interest (AMT I), and the number of the first of them.</summary>
    public int WithInterest { get; set; }

    public string FirstWithInterest { get; set; } = "";

    /// <summary>How often a claim's number comes in the set, where that is more than once.</summary>
    public Dictionary<ulong, int> Repeated { get; } = [];

    bool hasError, hasBalanceFault;

    /// <summary>A fault is more than one of form.</summary>
    public bool IsOdd { get; private set; }

    public bool HasError => hasError || !IsBalanced;

    /// <summary>Lines, claims and the check add up to the cent.</summary>
    public bool IsBalanced => IsRead && !hasBalanceFault && Head.Amount is { } amount && Paid - Adjusted == amount;

    public void Add(RemitFault fault)
    {
        hasError |= fault.IsError;
        IsOdd |= !fault.IsOfForm;
        hasBalanceFault |= fault.IsOfBalance;
        if (Faults.Count >= MostFaults)
        {
            MoreFaults++;
            // what keeps the set back is never the one that is left out
            if (!fault.IsError || Faults.FindLastIndex(static f => !f.IsError) is not (>= 0 and var last)) return;
            Faults.RemoveAt(last);
        }
        Faults.Add(fault);
    }

    /// <summary>The day of the payment.</summary>
    public DateOnly Day => Head.Effective != default ? Head.Effective : Head.Produced;

    public string Payer => Head.Text(RemittanceText.PayerName);

    /// <summary>Who pays, as a number: the payer's tax number, else its plan id, else its name.</summary>
    public ulong PayerKey => ContentHash.Of(
        Head[RemittanceText.PayerTaxId] is { IsEmpty: false } tax ? tax
            : Head[RemittanceText.PayerPlanId] is { IsEmpty: false } plan ? plan
            : Head[RemittanceText.PayerName]);

    /// <summary>The payment by payer and number; 0 where it has no number.</summary>
    public ulong TraceKey => Head[RemittanceText.Trace] is { IsEmpty: false } trace
        ? ContentHash.With(ContentHash.Of(trace), PayerKey)
        : 0;

    /// <summary>Counts the claims' numbers when all were read.</summary>
    public void CountRepeated()
    {
        var seen = new HashSet<ulong>();
        foreach (ref readonly var mark in Marks.Span)
            if (mark.Id != 0 && !seen.Add(mark.Id)) Repeated[mark.Id] = Repeated.GetValueOrDefault(mark.Id, 1) + 1;
    }
}

/// <summary>A file after the first reading.</summary>
internal sealed class SurveyedFile(string name)
{
    public string Name { get; } = name;

    public List<SurveyedSet> Sets { get; } = [];

    /// <summary>What is wrong around the sets, and what of the file was not read.</summary>
    public List<RemitFault> Faults { get; } = [];

    public bool IsRefused => Sets.Exists(static s => !s.IsRead);

    /// <summary>The earliest day of its payments.</summary>
    public DateOnly Day => Sets.Count == 0 ? default : Sets.Min(static s => s.Day);
}
