using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Reports;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// Reads files of claims and of answers, in any form that Deltoid knows, into one cohort: 837, 835, 277CA, 999, claim
/// JSON and notation, and what <c>read</c> writes of an 835.
/// </summary>
static class CohortFiles
{
    /// <summary>Adds a file; what does not read is put in its place in the output.</summary>
    public static int Read(Terminal terminal, string file, Cohort cohort, ItemOutput output)
    {
        var (exit, refused) = (Exit.Clean, cohort.Refused);
        output.TryRead(file, ref exit, () =>
        {
            using var input = X12Input.Open(terminal, file);
            if (input.IsX12)
            {
                if (new CohortRun(cohort).Read(input.Stream, terminal.Stop) == 0)
                    throw new InputException("", "no claims and no answers are in this file",
                        "give 837, 835, 277CA and 999 files, or claim JSON");
            }
            else foreach (var error in AddAll(cohort, input, file)) output.PutError(file, error);
        });
        return exit != Exit.Clean ? exit : cohort.Refused == refused ? Exit.Clean : Exit.PartlyRefused;
    }

    static List<InputException> AddAll(Cohort cohort, X12Input input, string file)
    {
        var (bytes, errors) = (input.ReadAll(), new List<InputException>());
        if (input.Kind == InputKind.Remittance)
        {
            foreach (var (payment, claims) in RemittanceFile.Read(bytes))
                foreach (var claim in claims) cohort.Payments.Add(new(payment, claim));
            return errors;
        }
        if (input.Kind is { } kind && kind != InputKind.Claim) throw kind.WrongFor(file, "grade");
        foreach (var (claim, error) in ClaimFile.Read(bytes))
        {
            if (claim is not null) cohort.Add(claim);
            else
            {
                cohort.Refused++;
                errors.Add(error!);
            }
        }
        return errors;
    }
}
