using System.Globalization;
using System.Xml.Linq;

// Reads what the test assemblies reported (xUnit's XML): prints the reason of each skip, the ten slowest tests, and last one line that counts all.
// Fails when a test failed, when none ran, or when one was skipped for a reason that is not expected on a CI machine.
const int Slowest = 10;
string[] expectedReasons = ["No cluster answers in kubectl's context msaaspire-test"];

var tests = Directory.EnumerateFiles(args[0], "*.xml", SearchOption.AllDirectories)
    .SelectMany(report => XDocument.Load(report).Descendants("test"))
    .Select(test => (
        Name: (string)test.Attribute("name")!,
        Result: (string)test.Attribute("result")!,
        Seconds: double.Parse((string?)test.Attribute("time") ?? "0", CultureInfo.InvariantCulture),
        Reason: ((string?)test.Element("reason") ?? "").Trim()))
    .ToList();

foreach (var reason in tests.Where(t => t.Result == "Skip").GroupBy(t => t.Reason))
{
    var expected = Array.Exists(expectedReasons, e => reason.Key.StartsWith(e, StringComparison.Ordinal));
    Console.WriteLine($"{reason.Count()} skipped{(expected ? "" : ", which CI must not")}: {reason.Key}");
    foreach (var test in reason)
        Console.WriteLine($"    {test.Name}");
}

Console.WriteLine("The slowest:");
foreach (var test in tests.OrderByDescending(t => t.Seconds).Take(Slowest))
    Console.WriteLine($"{test.Seconds,8:0.0} s  {test.Name}");

foreach (var test in tests.Where(t => t.Result == "Fail"))
    Console.WriteLine($"failed: {test.Name}");

int passed = Count("Pass"), failed = Count("Fail"), skipped = Count("Skip");
var unexpected = tests.Any(t => t.Result == "Skip" && !Array.Exists(expectedReasons, e => t.Reason.StartsWith(e, StringComparison.Ordinal)));
Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return failed > 0 || passed == 0 || unexpected ? 1 : 0;

int Count(string result) => tests.Count(t => t.Result == result);
