using Deltoid.Batch;
using Deltoid.X12.Claims;

namespace Deltoid.Cli;

/// <summary>Claims as an 837.</summary>
sealed class EmitClaims(EnvelopeOptions envelope) : EmitForm("837", "an 837", "claims to a payer")
{
    /// <summary>
    /// Writes the 837 and reads it back: a file that a receiver would reject is not written, but what is missing in it
    /// is reported, field by field.
    /// </summary>
    public override int Write(EmitJob job)
    {
        var (terminal, parse, claims, output, exit) = job;
        if (envelope.TermsOf(parse, claims[0].Claim!, terminal) is not { } terms) return Exit.Usage;
        var writer = new ClaimWriter(terms);
        var check = new EmittedCheck();
        for (var i = 0; i < claims.Count; i++)
        {
            var parts = ClaimSplit.Of(claims[i].Claim!);
            if (parts.Count > 1)
                terminal.Error.WriteLine($"deltoid: claim {i + 1} has {claims[i].Claim!.Lines.Length} "
                    + $"lines and is sent as {parts.Count} claims");
            foreach (var part in parts)
            {
                writer.Write(part);
                check.Expect(part, claims[i].OfVisit, writer.Lost);
            }
        }
        writer.Finish();
        var faults = check.Of(writer.Output.Written.ToArray());
        return EmitCommand.Deliver(terminal, writer.Output, faults, output, exit);
    }
}
