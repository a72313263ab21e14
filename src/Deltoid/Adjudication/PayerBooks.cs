using System.Globalization;
using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Adjudication;

/// <summary>What became of a claim with the payer.</summary>
internal enum AccountStatus : byte { Rejected, Paid, Denied, Voided }

/// <summary>A claim in the books of a practice payer.</summary>
internal sealed class Account
{
    public static readonly Vocabulary<AccountStatus> Statuses = new("status",
        new(AccountStatus.Rejected, "rejected"), new(AccountStatus.Paid, "paid"), new(AccountStatus.Denied, "denied"),
        new(AccountStatus.Voided, "voided"));

    /// <summary>CLM01, and the payer's number for the last answer.</summary>
    public required string Id { get; init; }

    public string Control { get; set; } = "";

    public AccountStatus Status { get; set; }

    /// <summary>The member's number and the year: they share a deductible.</summary>
    public string Member { get; set; } = "";

    /// <summary>How often it was decided, and when it was paid or denied last.</summary>
    public int Decisions { get; set; }

    public DateOnly PaidOn { get; set; }

    /// <summary>What the last 835 says of it; null where it never was in one.</summary>
    public ClaimPayment? Payment { get; set; }

    /// <summary>What an appeal that is won gets; null where there is nothing to win.</summary>
    public ClaimPayment? Due { get; set; }

    /// <summary>The fault that was planted, once for each claim; empty where none was.</summary>
    public string Plant { get; set; } = "";

    /// <summary>The number that the payer has: of the authorization, of the member.</summary>
    public string Truth { get; set; } = "";

    /// <summary>The planted fault still stands.</summary>
    public bool IsPlanted { get; set; }

    /// <summary>Money was taken back.</summary>
    public bool IsTakenBack { get; set; }

    public Payee Payee { get; set; } = new("", "", "", "", "", "", "", "", "", "");

    public bool IsUnprocessable
    {
        get
        {
            foreach (var remark in Payment is null ? default : Payment.Remarks.Of(0))
                if (remark.Code == Unprocessable) return true;
            return false;
        }
    }

    /// <summary>MA130: the claim was not processed and comes again as a new one.</summary>
    public static readonly Code Unprocessable = Code.Of("MA130");
}

/// <summary>Which payer pays whom: an 835 is from one to one.</summary>
internal sealed record Payee(string PayerId, string PayerName, string Name, string Npi, string TaxId, string Address,
    string City, string State, string Zip, string Receiver);

/// <summary>What is left of a take-back: the next checks are less by it.</summary>
/// <param name="Reason">WO for a recovery, FB for a balance that was carried forward.</param>
/// <param name="From">The payer and payee, as a key.</param>
internal sealed record OpenBalance(Code Reason, string From, string Reference, Money Amount);

/// <summary>What a practice payer remembers from round to round. It writes and reads it itself.</summary>
internal sealed class PayerBooks
{
    public int Round { get; set; }

    /// <summary>The last day on which something was paid.</summary>
    public DateOnly Day { get; set; }

    /// <summary>The next numbers of envelopes, of checks and of claims.</summary>
    public int NextEnvelope { get; set; } = 1;

    public int NextTrace { get; set; } = 1;

    public List<Account> Accounts { get; } = [];

    public List<OpenBalance> Open { get; } = [];

    /// <summary>What was used of the deductible, by member and year.</summary>
    public SortedDictionary<string, long> Deductibles { get; } = new(StringComparer.Ordinal);

    /// <summary>Interest that was paid, and the sum of all checks.</summary>
    public Money Interest { get; set; }

    public Money Checks { get; set; }

    readonly Dictionary<string, Account> byId = [], byControl = [];

    public Account? OfId(string id) => byId.GetValueOrDefault(id);

    /// <summary>The account of any number that the payer gave a claim: they differ in the last two digits.</summary>
    public Account? OfControl(string control) => byControl.GetValueOrDefault(Stem(control));

    const int StemLength = 8;

    static string Stem(string control) => control.Length > StemLength ? control[..StemLength] : "";

    public Account Add(Account account)
    {
        Accounts.Add(account);
        byId[account.Id] = account;
        Name(account);
        return account;
    }

    /// <summary>Gives an answer of the account the next number.</summary>
    public void Number(Account account)
    {
        account.Decisions++;
        account.Control = string.Create(CultureInfo.InvariantCulture,
            $"PC{Accounts.IndexOf(account) + 1:000000}{account.Decisions:00}");
        Name(account);
    }

    void Name(Account account)
    {
        if (account.Control.Length > 0) byControl[Stem(account.Control)] = account;
    }

    /// <summary>What the answers that stand come to, over all claims.</summary>
    public BookTotals Totals()
    {
        var totals = new BookTotals();
        foreach (var account in Accounts)
            if (account.Status is AccountStatus.Paid or AccountStatus.Denied && account.Payment is { } payment)
                totals.Add(payment);
        return totals;
    }
}

/// <summary>Sums of payments: each charge is paid, contractual, the patient's, or denied.</summary>
internal sealed class BookTotals
{
    static readonly Code Contract = Code.Of("45"), Sequestration = Code.Of("253");

    public Money Charge { get; private set; }

    public Money Paid { get; private set; }

    public Money Contractual { get; private set; }

    public Money Patient { get; private set; }

    public Money Denied { get; private set; }

    public void Add(ClaimPayment payment)
    {
        Charge += payment.Charge ?? Money.Zero;
        Paid += payment.Paid ?? Money.Zero;
        foreach (ref readonly var adjustment in payment.Adjustments.All)
        {
            var amount = adjustment.Amount ?? Money.Zero;
            if (adjustment.Group == Adjustment.Patient) Patient += amount;
            else if (adjustment.Reason == Contract || adjustment.Reason == Sequestration) Contractual += amount;
            else Denied += amount;
        }
    }
}
