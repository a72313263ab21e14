using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// Whether a patient is in dialysis for kidney failure, where a code's text is for one or the other (Pub. 100-04, ch.
/// 8, §60; ch. 17, §80.9).
/// </summary>
internal static class Dialysis
{
    static readonly Code Facility = Code.Of("65");

    /// <summary>
    /// Null when the chart has kidney failure and says nothing of dialysis. A patient in a dialysis
    /// facility for an acute injury alone is not in it for kidney failure.
    /// </summary>
    public static bool? Of(CodeBook book, ReadOnlySpan<Code> diagnoses, Code place)
    {
        var (failure, dependent, acute) = (false, false, false);
        foreach (var code in diagnoses)
        {
            failure |= book.DiagnosisKinds.Is(DiagnosisKind.KidneyFailure, code);
            dependent |= book.DiagnosisKinds.Is(DiagnosisKind.OnDialysis, code);
            acute |= book.DiagnosisKinds.Is(DiagnosisKind.AcuteKidneyInjury, code);
        }
        if (place == Facility) return failure || !acute;
        return !failure ? false : dependent ? true : null;
    }
}
