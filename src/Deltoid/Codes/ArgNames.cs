using Deltoid.Findings;

namespace Deltoid.Codes;

/// <summary>The words of arguments that only a book knows, for <see cref="FindingText"/>.</summary>
internal static class ArgNames
{
    public static string NameOf(this CodeBook book, Arg arg) => arg.Kind switch
    {
        ArgKind.Drug => arg.Value >= 0 && arg.Value < book.Drugs.Count ? book.Drugs[(int)arg.Value].Name : "",
        ArgKind.DrugClass => NameOf((DrugClass)arg.Value),
        _ => "",
    };

    internal static string NameOf(DrugClass drugClass) => drugClass switch
    {
        DrugClass.None => "not classed",
        DrugClass.Simple => "a simple drug",
        DrugClass.Complex => "a complex drug or biologic",
        DrugClass.Antineoplastic => "an anti-neoplastic",
        DrugClass.HormonalAntineoplastic => "a hormonal anti-neoplastic",
        DrugClass.Vaccine => "a vaccine",
        DrugClass.ImmuneGlobulin => "an immune globulin",
        DrugClass.RsvAntibody => "an RSV antibody",
        DrugClass.CovidAntibody => "a COVID antibody",
        DrugClass.Allergen => "an allergen",
        DrugClass.Toxin => "a botulinum toxin",
        DrugClass.Hydration => "hydration fluid",
        DrugClass.LocalAnesthetic => "a local anesthetic",
        DrugClass.Diluent => "a diluent",
        DrugClass.SkinTest => "a skin test",
        DrugClass.Implant => "an implant",
        DrugClass.Prep => "an HIV-prevention drug",
        DrugClass.Eye => "an eye drug",
        DrugClass.Hyaluronate => "a hyaluronate",
        DrugClass.Blood => "a blood product",
        _ => "a contrast agent",
    };
}
