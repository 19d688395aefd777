# packaging/build fills this in, and puts it in dwell-nix.tar.gz.
{
  description = "One lesson a day, and a place to dwell on it";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      # The archive of each system, and its SHA-256. A system without one is left out.
      archives = {
        x86_64-linux = { name = "x86_64-linux"; sha256 = "@SHA256:x86_64-linux@"; };
        aarch64-linux = { name = "aarch64-linux"; sha256 = "@SHA256:aarch64-linux@"; };
        x86_64-darwin = { name = "x86_64-macos"; sha256 = "@SHA256:x86_64-macos@"; };
        aarch64-darwin = { name = "aarch64-macos"; sha256 = "@SHA256:aarch64-macos@"; };
      };
      systems = builtins.filter (system: archives.${system}.sha256 != "")
        (builtins.attrNames archives);
      each = make: builtins.listToAttrs
        (map (system: { name = system; value = make system; }) systems);
    in
    {
      packages = each (system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
          archive = archives.${system};
        in
        {
          default = pkgs.stdenvNoCC.mkDerivation {
            pname = "dwell";
            version = "@VERSION@";
            src = pkgs.fetchurl {
              url = "@ADDRESS@/dwell-${archive.name}.tar.gz";
              sha256 = archive.sha256;
            };
            # The program needs no library, and has no symbols left to strip.
            dontStrip = true;
            dontPatchELF = true;
            installPhase = ''
              runHook preInstall
              mkdir $out
              # Nix knows what it installed.
              rm share/doc/dwell/install.sh
              cp -r bin share $out
              runHook postInstall
            '';
            meta = {
              description = "One lesson a day, and a place to dwell on it";
              homepage = "@REPOSITORY@";
              license = with pkgs.lib.licenses; [ mit asl20 ];
              mainProgram = "dwell";
              platforms = systems;
            };
          };
        });

      apps = each (system: {
        default = {
          type = "app";
          program = "${self.packages.${system}.default}/bin/dwell";
        };
      });
    };
}
