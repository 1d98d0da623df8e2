using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Conformance.Tests;

/// <summary>
/// A certificate for the fixture's https endpoints, handed down through the environment that the services inherit: a bare machine has no
/// development certificate, and a test should not install one.
/// </summary>
public sealed class ServerCertificate : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"conformance-{Guid.NewGuid():N}.pfx");

    public ServerCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllBytes(_path, certificate.Export(X509ContentType.Pfx));
    }

    public void Use() => Environment.SetEnvironmentVariable("Kestrel__Certificates__Default__Path", _path);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("Kestrel__Certificates__Default__Path", null);
        File.Delete(_path);
    }
}
