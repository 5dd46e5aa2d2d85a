PRAGMA application_id = 1414686055; PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('access_head','ca3a3a109e85a1a32331a59eb9dfc1591942d6657f0d9e1d8fbc8e110d097447');
INSERT INTO setting VALUES('key_check','p-zwsh4yuhehropy2l27sccfgk');
INSERT INTO setting VALUES('profile','Oslo');
CREATE TABLE layout (
	layout INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	columns TEXT NOT NULL,
	UNIQUE (kind, columns)
) STRICT;
INSERT INTO layout VALUES(1,'referral','referral_id,received,bydel,person_id,person_id_kind,name,sex,birth_year,municipality,service_level,stay_type,substance_policy,wishes,urgency,housing_status,housing_path,wheelchair,consent,contact_name,contact_phone,contact_email,comment,hf,substance,mental,behaviour,safety_risk,vulnerable,autonomous,visible_use,personality_disorder,excluded_low_threshold,scattered,somatic');
INSERT INTO layout VALUES(2,'institution','institution_id,name,owner,service_level,stay_types,substance_policy,sexes,min_age,max_age,wheelchair,somatic_max,rop_groups,municipality,bydel,capacity,address,phone,self_referred_places');
INSERT INTO layout VALUES(3,'stay','stay_id,referral_id,institution_id,from,to_expected,to,status');
INSERT INTO layout VALUES(4,'event','case_id,date,type,detail,by,note');
INSERT INTO layout VALUES(5,'decision','referral_id,decision,institution_id,wish_rank,priority,reason,detail');
CREATE TABLE put (
	put INTEGER PRIMARY KEY,
	day TEXT NOT NULL,
	at TEXT NOT NULL,
	who TEXT NOT NULL,
	kind TEXT NOT NULL
) STRICT;
INSERT INTO put VALUES(1,'2026-01-01','2026-11-28T05:53:02Z','root','referral');
INSERT INTO put VALUES(2,'2026-01-02','2026-11-28T05:53:02Z','root','referral');
INSERT INTO put VALUES(3,'2026-01-03','2026-11-28T05:53:02Z','root','referral');
INSERT INTO put VALUES(4,'2026-01-03','2026-11-28T05:53:02Z','root','institution');
INSERT INTO put VALUES(5,'2026-01-03','2026-11-28T05:53:02Z','root','stay');
INSERT INTO put VALUES(6,'2026-01-20','2026-11-28T05:53:02Z','root','stay');
INSERT INTO put VALUES(7,'2026-01-20','2026-11-28T05:53:02Z','root','event');
INSERT INTO put VALUES(8,'2026-01-20','2026-11-28T05:53:02Z','root','decision');
INSERT INTO put VALUES(9,'2026-02-01','2026-11-28T05:53:03Z','root','referral');
INSERT INTO put VALUES(10,'2026-02-02','2026-11-28T05:53:03Z','root','identity');
INSERT INTO put VALUES(11,'2026-02-03','2026-11-28T05:53:03Z','root','identity');
CREATE TABLE record (
	record INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	content INTEGER NOT NULL,
	layout INTEGER NOT NULL,
	put INTEGER NOT NULL,
	gone INTEGER,
	about TEXT,
	bydel TEXT,
	day TEXT,
	person TEXT,
	body TEXT NOT NULL
) STRICT;
INSERT INTO record VALUES(1,'referral','A-1',4155253267573648260,1,1,2,NULL,'030103','2022-02-01',NULL,'A-1,2022-02-01,030103,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,');
INSERT INTO record VALUES(2,'referral','A-2',-2681560269927477371,1,1,NULL,NULL,'030103','2022-03-01','p-voyizlu575iz7rvsegxhp3pg','A-2,2022-03-01,030103,p-voyizlu575iz7rvsegxhp3pg,pseudonym,,,1953,,,,,,,,,,,,,,,,,,,,,,,,,,');
INSERT INTO record VALUES(3,'referral','A-3',-5112836271725558158,1,1,NULL,NULL,'030105','2022-03-01',NULL,'A-3,2022-03-01,030105,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,');
INSERT INTO record VALUES(4,'referral','A-1',7046575772615590397,1,2,3,NULL,'030103','2022-02-02','p-5v5s7gd7bbhbrvfikjl63ejh','A-1,2022-02-02,030103,p-5v5s7gd7bbhbrvfikjl63ejh,pseudonym,,,1994,,,,,,,,,,,,,,,,,,,,,,,,,,');
INSERT INTO record VALUES(5,'referral','A-5',9112495981983761328,1,2,NULL,NULL,'030103','2024-02-03','p-5v5s7gd7bbhbrvfikjl63ejh','A-5,2024-02-03,030103,p-5v5s7gd7bbhbrvfikjl63ejh,pseudonym,,,1994,,,,,,,,,,,,,,,,,,,,,,,,,,');
INSERT INTO record VALUES(6,'referral','A-1',-4371470205449195906,1,3,NULL,NULL,'030103','2022-02-03','p-5v5s7gd7bbhbrvfikjl63ejh','A-1,2022-02-03,030103,p-5v5s7gd7bbhbrvfikjl63ejh,pseudonym,,,1994,,,,,,,,,,,,,,,,,,,,,,,,,,');
INSERT INTO record VALUES(7,'institution','I-01',-8246671110135616060,2,4,NULL,NULL,'030104',NULL,NULL,'I-01,Vindharpa,kommunal,akutt,akutt,rus_og_rusfritt,kvinne|mann,18,,ja,,,0301,030104,24,Vindharpeveien 1,00 00 00 01,');
INSERT INTO record VALUES(8,'institution','I-02',-3059509991375432839,2,4,NULL,NULL,'030101',NULL,NULL,'I-02,Tordenhuset,kommunal,akutt,akutt,rus,kvinne|mann,18,,nei,1,1|2|3|4|5,0301,030101,16,Tordensvingen 8,00 00 00 02,');
INSERT INTO record VALUES(9,'institution','I-03',-1438998766065425192,2,4,NULL,NULL,'030110',NULL,NULL,'I-03,Nordavindhuset,kommunal,akutt,akutt|kort,rus_og_rusfritt,kvinne|mann,18,,ja,1,,0301,030110,30,Nordavindveien 12,00 00 00 03,');
INSERT INTO record VALUES(10,'stay','O-1',-4562509760765745133,3,5,6,'A-1',NULL,'2026-01-01',NULL,'O-1,A-1,I-01,2026-01-01,2026-02-01,,moved_in');
INSERT INTO record VALUES(11,'stay','O-2',8759144592822382552,3,5,NULL,'A-2',NULL,'2026-01-01',NULL,'O-2,A-2,I-01,2026-01-01,2026-02-01,,moved_in');
INSERT INTO record VALUES(12,'stay','O-1',5568865850382863748,3,6,NULL,'A-1',NULL,'2026-01-01',NULL,'O-1,A-1,I-01,2026-01-01,2026-02-01,2026-01-20,moved_out');
INSERT INTO record VALUES(13,'event','199467d7311de3c4',8294403449562070292,4,7,NULL,'A-1',NULL,'2026-01-01',NULL,'A-1,2026-01-01,moved_in,kort,,"sa, ""ja"""');
INSERT INTO record VALUES(14,'event','9beee9df390c7fd4',-5443512692391912334,4,7,NULL,'A-2',NULL,'2026-01-01',NULL,'A-2,2026-01-01,other,,,Annet');
INSERT INTO record VALUES(15,'decision','R-2026-0006',1922387878574555961,5,8,NULL,'R-2026-0006',NULL,'2026-01-20',NULL,'R-2026-0006,ineligible,,,1,substance_policy,opens=substance_policy');
INSERT INTO record VALUES(16,'decision','R-2026-0025',1987026325087221900,5,8,NULL,'R-2026-0025',NULL,'2026-01-20',NULL,'R-2026-0025,placed,I-14,,2,place,');
INSERT INTO record VALUES(17,'referral','h-65g3rrlxgrlmuetom63ef6ej',-2574850753645574841,1,9,10,NULL,'030111','2026-08-03',NULL,'h-65g3rrlxgrlmuetom63ef6ej,2026-08-03,030111,,,,mann,,0301,ressurs,lang,rusfritt,I-15,3,,kommunal,nei,ja,,,,,,1,1,0,0,nei,,ja,,nei,ja,0');
INSERT INTO record VALUES(18,'referral','h-bp3txz4v4bh6e4moivnehpuo',2437602220152802041,1,9,10,NULL,'030109','2026-08-03',NULL,'h-bp3txz4v4bh6e4moivnehpuo,2026-08-03,030109,,,,kvinne,,0301,ressurs,lang,rusfritt,I-15,3,uten_bolig,kommunal,nei,ja,,,,,2,1,0,1,0,nei,nei,nei,,nei,ja,0');
INSERT INTO record VALUES(19,'referral','h-bnr6ocjuavpfldzfhcazzjyy',7397335421819746634,1,9,10,NULL,'030103','2026-08-06',NULL,'h-bnr6ocjuavpfldzfhcazzjyy,2026-08-06,030103,,,,mann,,0301,akutt,lang,rus,I-06,2,uten_bolig,annet,nei,ja,,,,,1,1,1,1,0,,,,nei,,ja,0');
INSERT INTO record VALUES(20,'referral','h-zzunjw2tt6cyf7pek4wzcuqv',2067635268360549602,1,9,10,NULL,'030108','2026-08-07',NULL,'h-zzunjw2tt6cyf7pek4wzcuqv,2026-08-07,030108,,,,mann,,0301,omsorg,lang,rus_og_rusfritt,,3,uten_bolig,kommunal,nei,ja,,,,,3,3,3,1,0,ja,nei,ja,nei,nei,nei,1');
INSERT INTO record VALUES(21,'referral','h-qpmmpmtnud3g7xkjg2qkp45q',8495617311455659586,1,9,10,NULL,'030110','2026-08-12',NULL,'h-qpmmpmtnud3g7xkjg2qkp45q,2026-08-12,030110,,,,mann,,0301,mestring,lang,rus,I-09|I-14|I-11|I-10,3,institusjon,kommunal,nei,ja,,,,,,,0,,,ja,ja,,nei,nei,nei,0');
INSERT INTO record VALUES(22,'referral','h-65g3rrlxgrlmuetom63ef6ej',4804453129207813886,1,10,NULL,NULL,'030111','2026-08-03','p-uspasncfpdvyyjgq6ffei3lp','h-65g3rrlxgrlmuetom63ef6ej,2026-08-03,030111,p-uspasncfpdvyyjgq6ffei3lp,pseudonym,,mann,1955,0301,ressurs,lang,rusfritt,I-15,3,,kommunal,nei,ja,,,,,,1,1,0,0,nei,,ja,,nei,ja,0');
INSERT INTO record VALUES(23,'referral','h-bp3txz4v4bh6e4moivnehpuo',7610580376516571050,1,10,NULL,NULL,'030109','2026-08-03','p-ebjclu2xni5osdyuxw5tqrjp','h-bp3txz4v4bh6e4moivnehpuo,2026-08-03,030109,p-ebjclu2xni5osdyuxw5tqrjp,pseudonym,,kvinne,1975,0301,ressurs,lang,rusfritt,I-15,3,uten_bolig,kommunal,nei,ja,,,,,2,1,0,1,0,nei,nei,nei,,nei,ja,0');
INSERT INTO record VALUES(24,'referral','h-bnr6ocjuavpfldzfhcazzjyy',5793022695375466926,1,10,NULL,NULL,'030103','2026-08-06','p-oom46b2mkp5m4mr7ootgdhvs','h-bnr6ocjuavpfldzfhcazzjyy,2026-08-06,030103,p-oom46b2mkp5m4mr7ootgdhvs,pseudonym,,mann,1951,0301,akutt,lang,rus,I-06,2,uten_bolig,annet,nei,ja,,,,,1,1,1,1,0,,,,nei,,ja,0');
INSERT INTO record VALUES(25,'referral','h-zzunjw2tt6cyf7pek4wzcuqv',939855735774350941,1,10,NULL,NULL,'030108','2026-08-07','p-5yl2eu3zgkqbeni546wuydst','h-zzunjw2tt6cyf7pek4wzcuqv,2026-08-07,030108,p-5yl2eu3zgkqbeni546wuydst,pseudonym,,mann,1991,0301,omsorg,lang,rus_og_rusfritt,,3,uten_bolig,kommunal,nei,ja,,,,,3,3,3,1,0,ja,nei,ja,nei,nei,nei,1');
INSERT INTO record VALUES(26,'referral','h-qpmmpmtnud3g7xkjg2qkp45q',-1604517055929717288,1,10,NULL,NULL,'030110','2026-08-12','p-hl3fh6w3dxiccdfvmby2pyw3','h-qpmmpmtnud3g7xkjg2qkp45q,2026-08-12,030110,p-hl3fh6w3dxiccdfvmby2pyw3,pseudonym,,mann,1962,0301,mestring,lang,rus,I-09|I-14|I-11|I-10,3,institusjon,kommunal,nei,ja,,,,,,,0,,,ja,ja,,nei,nei,nei,0');
CREATE TABLE identity (
	record INTEGER PRIMARY KEY,
	sealed BLOB NOT NULL
) STRICT;
INSERT INTO identity VALUES(1,X'fbbbb59148f65edeb7b57d6579258f3f9d6338fc7962bfdd9654468244049705af758b85118f2f637676e22f25cd74bce3962b11557fd44b2e368e4a71e13017105337542d');
INSERT INTO identity VALUES(2,X'fcbbb59148f65edeb7b57d6579258f3f9d6338fc7962bfdd4b4a5d38b7331a9572d8c7c53f61489ede8c3d6b5eecfb7917831d845716a829aa9299a6610a849a8675875b005c972c8c86c016dd15d14a3ee240c4920b4e033f2ab54f4af79584583699854fac0cc2d239c4c0');
INSERT INTO identity VALUES(4,X'7f5810d97608940ebf6328913a7bcfaf524b3dd35fa4f48248ff4614878b6961839a3f6c634f9cd8d1077c4e31b047fefba3e53ac067102cf29467d4a8b084a1bb225524bb683b0c128db53db798e9714682119a5b75316f5f9f145ae960ed9e07c31c517cb6b08324e5426f63');
INSERT INTO identity VALUES(5,X'805810d97608940ebf6328913a7bcfaf524b3dd35fa4f4822084ca3fee58509d6f766cc03ca1bbb0ab29eb12aadba01e9c100049666021390435228220779d1daae0b9fa312908');
INSERT INTO identity VALUES(6,X'99c603ece72437029e24f3763da08f8d9fb548ebcd4a00af6cc6b462ec11e5515142f6c312caa3c4862791c8f116f3ac86935c2cc46e16214d6c8284bb924859d7fdf87d84658fd9ae8f121e3e0ddfecf60ff318a56fd91392');
INSERT INTO identity VALUES(18,X'2472253473596f323c4051a17d34ee6fd75c9e8e55300dbd86fd4a73993c06f3797fb5eecbea6c1b15305151fb27fa489609466f5e7767e2156b0ff0e19bca4120794882f9a9');
INSERT INTO identity VALUES(22,X'0380cf8579ddc20a6d8d09b2fe3a7b7e80476a5236d66a12cade6b1440b14e3efe6714da208e8cd3628491aaac10c0b2d388b080bdf56d492b9395b5da13a2bc376b5645770dd0c4dd18c3db611a20d609d1bf1ae0dbb3fce4f283b40f1e035ff2e4cd1bdd7701d84344bd');
INSERT INTO identity VALUES(23,X'0480cf8579ddc20a6d8d09b2fe3a7b7e80476a5236d66a1285e3aff0796765b1e7bf573cad4dde66d8a3d38964afa6516c22a9267d159b3af6ae5ca8794eab9251841496b6bb0b1a711436d0666e1c5e605c02e4135d5f3b9a52d3171c28e1c4e95f70e7d11f46413a06e96c6c54d89a2c6c534ca7f2690d4b4d75fc1e369d7a413c50');
INSERT INTO identity VALUES(24,X'0580cf8579ddc20a6d8d09b2fe3a7b7e80476a5236d66a1238f1f8fc769f03b735ae0f1ee10cb4c24141a94e8363158456d96ca8e0940c67de24cbb87e1c5a0eb92e77f23863067dc225763c00fd9b3a262148a6013ba4c4b2821f27dedbcfc556b69a3e9998838a33c65b7f0a50de70');
INSERT INTO identity VALUES(25,X'0680cf8579ddc20a6d8d09b2fe3a7b7e80476a5236d66a124359ca3a4e10b2bb2a15b0ba38e450cfb00fd533062ce95c70ab124d24d6646386eb96b7e010df07dec42241a287bd9084c74f3ebda6b5eafe282881e029d3aa3382e3556ceaf038dc507c814c6f98b2a1d64962f0');
INSERT INTO identity VALUES(26,X'0780cf8579ddc20a6d8d09b2fe3a7b7e80476a5236d66a12b5aa8a5cc79a772cf7791287497b5c8973b9495af84a75c169011bffe20fdf13d2480b0810033e6d38ef8dcfcaf9fd1ba9fd51dd2c439debf9a6cca06749ed0f');
CREATE TABLE access (
	line INTEGER PRIMARY KEY,
	at TEXT NOT NULL,
	who TEXT NOT NULL,
	what TEXT NOT NULL,
	why TEXT NOT NULL,
	hash BLOB NOT NULL
) STRICT;
INSERT INTO access VALUES(1,'2026-11-28T05:53:03Z','root','get','the first',X'ee3a4dbbf434de6db4522ab36818eb05f77f241ec139f595bc4ffae30f6cb280');
INSERT INTO access VALUES(2,'2026-11-28T05:53:03Z','root','get','æøå',X'c8d19965e8f781785c5031efa5fc9bf8c283ca90bcead3db7e674b394fb19c04');
INSERT INTO access VALUES(3,'2026-11-28T05:53:03Z','root','get','nobody',X'0df05a25b65633084e944283d44d22e32e1a9c41b3622919b72bcc2e5e1a864e');
CREATE TABLE access_person (
	line INTEGER NOT NULL,
	person TEXT NOT NULL,
	PRIMARY KEY (person, line)
) STRICT, WITHOUT ROWID;
INSERT INTO access_person VALUES(1,'p-5v5s7gd7bbhbrvfikjl63ejh');
INSERT INTO access_person VALUES(2,'p-5v5s7gd7bbhbrvfikjl63ejh');
INSERT INTO access_person VALUES(2,'p-5yl2eu3zgkqbeni546wuydst');
INSERT INTO access_person VALUES(2,'p-ebjclu2xni5osdyuxw5tqrjp');
INSERT INTO access_person VALUES(2,'p-hl3fh6w3dxiccdfvmby2pyw3');
INSERT INTO access_person VALUES(2,'p-oom46b2mkp5m4mr7ootgdhvs');
INSERT INTO access_person VALUES(2,'p-uspasncfpdvyyjgq6ffei3lp');
INSERT INTO access_person VALUES(2,'p-voyizlu575iz7rvsegxhp3pg');
CREATE UNIQUE INDEX record_now ON record (kind, id) WHERE gone IS NULL;
COMMIT;
