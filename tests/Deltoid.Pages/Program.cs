using Deltoid.Pages;

// Writes every generated file of the repository that is stale. ./write runs this, and once more where it ends with 3.
const int RegistrationIsNew = 3;

var root = PageFiles.Root();
var (registrationPath, registration) = Generated.Registration(root);
if (Generated.IsStale(registrationPath, registration))
{
    Write(registrationPath, registration);
    return RegistrationIsNew;
}
foreach (var (path, text) in Generated.Files(root))
    if (Generated.IsStale(path, text)) Write(path, text);
foreach (var fault in Generated.CoverageOf(root).Faults()) Console.Error.WriteLine(fault);
return 0;

void Write(string path, string text)
{
    File.WriteAllText(path, text);
    Console.WriteLine($"{Path.GetRelativePath(root, path)} is new");
}
